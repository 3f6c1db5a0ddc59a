type TypeName = "array" | "boolean" | "integer" | "null" | "number" | "object" | "string";

/** As much of JSON Schema as the descriptions need. */
export interface JsonSchema {
  type?: TypeName | TypeName[];
  const?: string;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  anyOf?: JsonSchema[];
}

/**
 * One description of a value: its type for the compiler, and its JSON Schema for the designer, which
 * lets a step refer to a result before the first run.
 */
export interface Schema<Value, IsOptional extends boolean = boolean> {
  json: JsonSchema;
  /** Whether an object may lack the value. */
  isOptional: IsOptional;
  /** For the compiler alone; never set. */
  value?: Value;
}

/** The type that a schema describes. */
export type ValueOf<Described extends Schema<unknown>> = Exclude<Described["value"], undefined>;

const schema = <Value>(json: JsonSchema): Schema<Value, false> => ({ json, isOptional: false });

export const text = schema<string>({ type: "string" });
export const number = schema<number>({ type: "number" });
export const integer = schema<number>({ type: "integer" });
export const boolean = schema<boolean>({ type: "boolean" });
/** Any value at all. */
export const anything = schema<unknown>({});
/** An object whose keys the workspace or the request decides. */
export const record = schema<Record<string, unknown>>({ type: "object" });

/** The literal `text`, which tells one kind of object from another. */
export const literal = <Text extends string>(text: Text) => schema<Text>({ const: text });

export const listOf = <Item>({ json }: Schema<Item>) =>
  schema<Item[]>({ type: "array", items: json });

/** One of several, where Intercom's versions differ. */
export const anyOf = <Described extends Schema<unknown>[]>(...described: Described) =>
  schema<ValueOf<Described[number]>>({ anyOf: described.map(({ json }) => json) });

export const nullable = <Value>({ json }: Schema<Value>) =>
  schema<Value | null>(
    typeof json.type === "string"
      ? { ...json, type: [json.type, "null"] }
      : { anyOf: [json, { type: "null" }] },
  );

/** A value that an object may lack. */
export const optional = <Value>({ json }: Schema<Value>): Schema<Value, true> => ({
  json,
  isOptional: true,
});

type Fields = Record<string, Schema<unknown>>;
type OptionalKey<Given extends Fields> = {
  [Key in keyof Given]: Given[Key] extends Schema<unknown, true> ? Key : never;
}[keyof Given];
/** Without `as`, so that the comments of the fields go with them. */
type Values<Given extends Fields, Key extends keyof Given> = {
  [Each in Key]: ValueOf<Given[Each]>;
};
/** What Intercom adds is let through. */
type ObjectOf<Given extends Fields> = Values<Given, Exclude<keyof Given, OptionalKey<Given>>> &
  Partial<Values<Given, OptionalKey<Given>>> & { [key: string]: unknown };

export const object = <Given extends Fields>(fields: Given) => {
  const entries = Object.entries(fields);
  return schema<ObjectOf<Given>>({
    type: "object",
    properties: Object.fromEntries(entries.map(([key, { json }]) => [key, json])),
    required: entries.flatMap(([key, { isOptional }]) => (isOptional ? [] : [key])),
  });
};
