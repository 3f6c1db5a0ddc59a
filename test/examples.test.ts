import { expect, test } from "vitest";
import component from "../src/index";
import { IntercomError } from "../src/intercom/wire/errors";
import { openUse } from "./stage/openUse";

// The examples of Raw Request come from spectral, and match the catalogue page to the letter.
const { rawRequest, ...actions } = component.actions;

const examples = Object.values(actions).flatMap(({ key, inputs }) =>
  inputs
    .filter(({ example }) => example !== undefined)
    .map((input) => ({ action: key, input: input.key, example: String(input.example) })),
);

/** The examples of these inputs name records of another workspace. */
const idInputs = ["companyId", "contactId", "ownerId", "ticketTypeId"];

const runExample = async ({ action, input, example }: (typeof examples)[number]) => {
  const { run, inputs } = await openUse(action, {}, undefined, "workspace");
  return run(action, { ...inputs, [input]: example });
};

test.each(examples.filter(({ input }) => !idInputs.includes(input)))(
  "$action takes the example of $input in the shipped sandbox: $example",
  async (one) => {
    expect(await runExample(one)).toBeDefined();
  },
);

test.each(examples.filter(({ input }) => idInputs.includes(input)))(
  "$action sends the example of $input, which the shipped sandbox does not know: $example",
  async (one) => {
    const data = await runExample(one).catch((error) => error);
    if (one.action === "listCompanies") expect(data).toMatchObject({ data: [] });
    else expect(data).toBeInstanceOf(IntercomError);
  },
);
