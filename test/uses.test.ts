import { expect, test } from "vitest";
import component from "../src/index";
import { usesByResource } from "./uses/index";

interface Field {
  key: string;
  dataSource?: string;
}

const allUses = Object.values(usesByResource).flatMap((uses) => Object.entries(uses));

test("every action has one use, and every use belongs to an action", () => {
  const keys = allUses.map(([key]) => key);
  expect(keys.sort()).toEqual(Object.keys(component.actions).sort());
});

test.each(allUses)(
  "the use of %s has only existing inputs",
  (key, { more, variants, withoutPicklist }) => {
    const fields = (component.actions[key]?.inputs ?? []) as Field[];
    const given = [more ?? {}, ...(variants ?? []).map(({ inputs }) => inputs)].flatMap(
      Object.keys,
    );
    expect(fields.map((field) => field.key)).toEqual(
      expect.arrayContaining([...given, ...(withoutPicklist ?? [])]),
    );
  },
);
