import type { JSONForm } from "@prismatic-io/spectral";

/** An attribute that a person fills in. */
export interface Attribute {
  /** The key in the result. */
  name: string;
  label: string;
  description: string;
  /** `undefined` for what can't be filled in by hand. */
  kind: Kind | undefined;
  /** The only values that it takes. */
  options?: { value: string; label: string }[];
  isRequired: boolean;
}

const schemas = {
  text: { type: "string" },
  longText: { type: "string" },
  choice: { type: "string" },
  wholeNumber: { type: "integer" },
  number: { type: "number" },
  box: { type: "boolean" },
  // Wrapped, so that the field that takes the result knows it for a date: Intercom wants Unix seconds.
  date: { type: "object", properties: { date: { type: "string", format: "date" } } },
  time: { type: "object", properties: { date: { type: "string", format: "date-time" } } },
} as const;
export type Kind = keyof typeof schemas;

/**
 * A form that gives the values by name, in JSON Schema and the UI schema of jsonforms.io. What nobody
 * touched is not in the result; a date is `{ "date": "2026-11-02" }`.
 *
 * What can't be filled in is named at the end.
 */
export function jsonForm(attributes: Attribute[]): JSONForm {
  const firstOf = new Map(attributes.toReversed().map((one) => [one.name, one]));
  const isShown = (one: Attribute) => canBeFilledIn(one) && firstOf.get(one.name) === one;
  const shown = attributes.filter(isShown);
  const missing = attributes.filter((one) => !isShown(one));
  const elements = [
    ...shown.map(controlOf),
    ...(missing.length === 0
      ? []
      : [{ type: "Label", text: `Not in this form: ${missing.map(nameOf).join(", ")}.` }]),
  ];
  const uiSchema = { type: "VerticalLayout", elements };
  return {
    schema: {
      type: "object",
      properties: Object.fromEntries(shown.map((one) => [one.name, schemaOf(one)])),
      required: shown.filter(({ isRequired }) => isRequired).map(({ name }) => name),
    },
    uiSchema,
    // An empty box is false; nobody should have to tick it and take the tick away.
    data: Object.fromEntries(
      shown.filter(({ kind, isRequired }) => kind === "box" && isRequired).map(startAtFalse),
    ),
  };
}

const isDate = ({ kind }: Attribute) => kind === "date" || kind === "time";

const canBeFilledIn = (attribute: Attribute) =>
  attribute.kind !== undefined && !leadsAstray(attribute);

/**
 * Whether JSON Forms would write the value elsewhere or nowhere: without a name it replaces the whole
 * result; it goes down a step at `.` and `[`, reads only the first `~` back, drops `then/` and `else/`,
 * and keeps off what every object has (@jsonforms/core 3.8, util/path, and lodash behind it).
 */
const leadsAstray = (attribute: Attribute) =>
  attribute.name === "" ||
  /[.[\]~]/.test(attribute.name) ||
  attribute.name === "prototype" ||
  attribute.name in Object.prototype ||
  (isDate(attribute) && /(then|else)$/.test(attribute.name));

const nameOf = ({ label, isRequired }: Attribute) => `"${label}"${isRequired ? " (required)" : ""}`;

const startAtFalse = ({ name }: Attribute) => [name, false];

function schemaOf(attribute: Attribute) {
  const { kind = "text", label, description, options, isRequired } = attribute;
  return {
    ...schemas[kind],
    title: label,
    ...(description && { description }),
    // One value twice fits two of them, which JSON Schema refuses.
    ...(options?.length && {
      oneOf: [...new Map(options.map(({ value, label }) => [value, label]))].map(
        ([value, label]) => ({ const: value, title: label }),
      ),
    }),
    ...(isRequired && schemas[kind].type === "string" && { minLength: 1 }),
    ...(isRequired && isDate(attribute) && { required: ["date"] }),
  };
}

function controlOf(attribute: Attribute) {
  const { name, label, kind } = attribute;
  const pointer = `#/properties/${name.replaceAll("/", "~1")}`;
  return {
    type: "Control",
    label,
    scope: isDate(attribute) ? `${pointer}/properties/date` : pointer,
    ...(kind === "longText" && { options: { multi: true } }),
  };
}
