import type { JSONForm } from "@prismatic-io/spectral";

/** An attribute that a person fills in. */
export interface Attribute {
  /** The key in the result. */
  name: string;
  label: string;
  description: string;
  /** `undefined` if a person can't fill the attribute in. */
  kind: Kind | undefined;
  /** The only valid values. */
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
  // An object, so that the field that takes the result can recognise a date: Intercom needs Unix
  // seconds.
  date: { type: "object", properties: { date: { type: "string", format: "date" } } },
  time: { type: "object", properties: { date: { type: "string", format: "date-time" } } },
} as const;
export type Kind = keyof typeof schemas;

/**
 * A form in JSON Schema and the UI schema of jsonforms.io. Its result has the values by name, without
 * untouched fields. A date is `{ "date": "2026-11-02" }`.
 *
 * The end of the form names the attributes that a person can't fill in.
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
    // A required box starts as false, or people would have to tick and untick the box.
    data: Object.fromEntries(
      shown.filter(({ kind, isRequired }) => kind === "box" && isRequired).map(startAtFalse),
    ),
  };
}

const isDate = ({ kind }: Attribute) => kind === "date" || kind === "time";

const canBeFilledIn = (attribute: Attribute) =>
  attribute.kind !== undefined && !leadsAstray(attribute);

/**
 * Whether JSON Forms would write the value to a wrong place or to none. A value without a name replaces
 * the whole result. `.` and `[` in a name lead into an object. JSON Forms decodes only the first `~`,
 * drops `then/` and `else/`, and skips names that every object has (@jsonforms/core 3.8, util/path, and
 * lodash, which it uses).
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
    // A duplicate value would match two options, which `oneOf` refuses.
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
