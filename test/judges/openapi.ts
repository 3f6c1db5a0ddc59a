import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import Ajv, { type ErrorObject, type ValidateFunction } from "ajv";
import { load } from "js-yaml";
import { describe } from "vitest";
import { operationCorrections, type Schema, schemaCorrections } from "./openapiCorrections";

interface Operation {
  parameters?: { name: string; in: string; schema: Schema; required?: boolean }[];
  requestBody?: { content?: Record<string, { schema?: Schema }> };
  responses: Record<
    string,
    { content?: Record<string, { schema?: Schema; examples?: Record<string, { value: unknown }> }> }
  >;
}

interface Description {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
}

interface Request {
  method: string;
  /** The path with the query. */
  path: string;
  body?: unknown;
}

/** A judge of requests and answers: Intercom's own description of one version of its API. */
export interface ApiDescription {
  problemsOfRequest(request: Request): string[];
  problemsOfAnswer(
    request: { method: string; path: string },
    answer: { status: number; body: unknown },
  ): string[];
  /** Checks a value against a schema, by the schema's name. */
  problemsOf(schema: string, value: unknown): string[];
  /** Every operation, its parameters without names: `GET /contacts/{}/tags`. */
  operations(): string[];
  /** The example answers of the description, for every operation. */
  recordedAnswers(): { operation: string; status: number; body: unknown }[];
}

const beside = fileURLToPath(new URL("../../../shared/intercom-openapi", import.meta.url));
const cacheFolder = fileURLToPath(
  new URL("../../node_modules/.cache/intercom-openapi", import.meta.url),
);
const wanted = process.env.INTERCOM_OPENAPI ?? beside;

/** The folder of Intercom's descriptions; `undefined` if there is none. */
export const openApiFolder: string | undefined = existsSync(join(wanted, "intercom-2.16.yaml"))
  ? wanted
  : undefined;

export const apiVersions = ["2.11", "2.12", "2.13", "2.14", "2.15", "2.16"];

/**
 * A suite that needs the descriptions. Without them, vitest skips the suite; in CI the suite fails.
 */
export function describeWithOpenApi(name: string, suite: () => void): void {
  if (openApiFolder) {
    describe(name, suite);
  } else if (process.env.CI === "true" || process.env.INTERCOM_OPENAPI) {
    throw new Error(
      `"${name}" needs Intercom's OpenAPI descriptions: INTERCOM_OPENAPI must name a folder with them.`,
    );
  } else {
    const reason = "Intercom's OpenAPI descriptions are not at hand (see README, INTERCOM_OPENAPI)";
    process.stderr.write(`Skipped: "${name}", because ${reason}.\n`);
    describe.skip(`${name} (skipped: ${reason})`, suite);
  }
}

const parsed = new Map<string, Description>();

/** Parsing takes a second in every test file, so we keep the result as JSON between runs. */
function read(version: string): Description {
  const known = parsed.get(version);
  if (known) return known;
  if (!openApiFolder) throw new Error("Intercom's OpenAPI descriptions are not at hand.");
  const file = join(openApiFolder, `intercom-${version}.yaml`);
  const { mtimeMs, size } = statSync(file);
  const cached = join(cacheFolder, `${version}-${size}-${Math.trunc(mtimeMs)}.json`);
  let description: Description;
  if (existsSync(cached)) description = JSON.parse(readFileSync(cached, "utf8"));
  else {
    description = load(readFileSync(file, "utf8"), { json: true }) as Description;
    mkdirSync(cacheFolder, { recursive: true });
    // We rename the complete file, because another test file may read at this moment.
    writeFileSync(`${cached}.${process.pid}`, JSON.stringify(description));
    renameSync(`${cached}.${process.pid}`, cached);
  }
  parsed.set(version, description);
  return description;
}

const described = new Map<string, ApiDescription>();

/** Reads each version's description once. */
export function describeApi(version: string): ApiDescription {
  const description = described.get(version) ?? judge(version);
  described.set(version, description);
  return description;
}

type Side = "answers" | "requests";

/** The ajv key of a named schema, under which other schemas find the compiled one. */
const idOf = (name: string): string => `https://intercom.invalid/${encodeURIComponent(name)}`;

/** One version's named schemas, with our corrections. */
function schemasFor(side: Side, version: string): Record<string, Schema> {
  const { schemas } = structuredClone(read(version).components);
  // Only 2.11 says which properties an answer always has, so we apply its lists to later versions.
  if (side === "answers" && version !== "2.11") {
    for (const [name, { required }] of Object.entries(read("2.11").components.schemas)) {
      const schema = schemas[name];
      if (!schema?.properties || schema.required) continue;
      const { properties } = schema;
      schema.required = required?.filter((key) => Object.hasOwn(properties, key));
    }
  }
  for (const correction of schemaCorrections) {
    if (correction.in !== side) continue;
    for (const name of correction.schemas) correct(schemas[name], correction);
  }
  return schemas;
}

function correct(
  schema: Schema | undefined,
  { set = {}, remove = [], notRequired = [] }: (typeof schemaCorrections)[number],
): void {
  if (!schema) return;
  schema.properties = { ...schema.properties, ...set };
  for (const name of remove) delete schema.properties[name];
  for (const path of notRequired) {
    const [first = "", second] = path.split(".");
    const owner = second === undefined ? schema : schema.properties[first]?.items;
    if (owner) owner.required = owner.required?.filter((name) => name !== (second ?? first));
  }
}

/**
 * OpenAPI 3.0 to JSON Schema. `nullable` becomes a type; formats go (timestamps are integers with
 * `format: date-time`); `oneOf` becomes `anyOf`, because the alternatives overlap; `allOf` is merged,
 * and objects that list their properties are closed, so that we find an unknown property.
 */
function toJsonSchema(schema: Schema, named: Record<string, Schema>): object {
  if (schema.$ref) {
    const $ref = idOf(nameIn(schema.$ref));
    return schema.nullable ? { anyOf: [{ $ref }, { type: "null" }] } : { $ref };
  }
  const { allOf, ...own } = schema;
  if (allOf) return toJsonSchema(merge([own, ...allOf], named), named);
  const convert = (inner: Schema) => toJsonSchema(inner, named);
  const types = own.type === undefined ? undefined : [own.type, ...(own.nullable ? ["null"] : [])];
  const alternatives = [...(own.anyOf ?? []), ...(own.oneOf ?? [])];
  if (own.properties && alternatives.length > 0) {
    // What stands beside the alternatives is part of each.
    const { anyOf: _, oneOf: __, ...common } = own;
    return { anyOf: alternatives.map((each) => convert(merge([common, each], named))) };
  }
  const free = own.additionalProperties;
  return {
    ...(types ? { type: types } : {}),
    ...(own.enum ? { enum: own.nullable ? [...own.enum, null] : own.enum } : {}),
    ...(own.required ? { required: own.required } : {}),
    ...(own.minLength ? { minLength: own.minLength } : {}),
    ...(own.items ? { items: convert(own.items) } : {}),
    ...(own.properties
      ? {
          type: types ?? ["object"],
          properties: mapValues(own.properties, convert),
          additionalProperties: false,
        }
      : {}),
    ...(typeof free === "object" ? { additionalProperties: convert(free) } : {}),
    ...(alternatives.length > 0
      ? { anyOf: [...alternatives.map(convert), ...(own.nullable ? [{ type: "null" }] : [])] }
      : {}),
  };
}

/** `#/components/schemas/tag` is `tag`. */
const nameIn = (reference: string): string => reference.split("/").at(-1) ?? "";

function merge(parts: Schema[], named: Record<string, Schema>): Schema {
  const merged: Schema = {};
  for (const part of parts) {
    const whole = part.$ref ? named[nameIn(part.$ref)] : part;
    const { allOf, ...own } = whole ?? {};
    const { properties, required, ...rest } = allOf ? merge([own, ...allOf], named) : own;
    Object.assign(merged, rest);
    if (properties) merged.properties = { ...merged.properties, ...properties };
    if (required) merged.required = [...new Set([...(merged.required ?? []), ...required])];
  }
  return merged;
}

const mapValues = <From, To>(object: Record<string, From>, map: (value: From) => To) =>
  Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value)]));

const withoutNames = (path: string) => path.replace(/\{[^}]*\}/g, "{}");

const isParameter = (part: string) => part.startsWith("{");

/** Finds the template of a path by its shape, because names of parameters differ between versions. */
function templatesOf(paths: Description["paths"]): (path: string) => string | undefined {
  const templates = Object.keys(paths)
    .map((template) => ({ template, shape: template.split("/") }))
    .sort((a, b) => a.shape.filter(isParameter).length - b.shape.filter(isParameter).length);
  return (path) => {
    const parts = path.split("/");
    return templates.find(
      ({ shape }) =>
        shape.length === parts.length &&
        shape.every((part, at) => (isParameter(part) ? parts[at] !== "" : part === parts[at])),
    )?.template;
  };
}

/** Checks values against schemas of one version; `key` is the name of the schema. */
function judgeOf(side: Side, version: string) {
  const named = schemasFor(side, version);
  const ajv = new Ajv({
    strict: false,
    allErrors: true,
    validateFormats: false,
    // We don't check the schemas against JSON Schema, because some list the same value twice.
    validateSchema: false,
    meta: false,
    // A schema checks few values, so optimizing its code costs more than it saves.
    code: { optimize: false },
  });
  for (const [name, schema] of Object.entries(named)) {
    ajv.addSchema(toJsonSchema(schema, named), idOf(name));
  }
  const compiled = new Map<string, ValidateFunction>();
  return (key: string, schema: Schema, value: unknown): string[] => {
    const validate = compiled.get(key) ?? ajv.compile(toJsonSchema(schema, named));
    compiled.set(key, validate);
    return validate(value) ? [] : readable(validate.errors ?? []);
  };
}

/** Makes a judge at first use, because most test files need only one side. */
function lazily(side: Side, version: string): ReturnType<typeof judgeOf> {
  let made: ReturnType<typeof judgeOf> | undefined;
  return (...given) => {
    made ??= judgeOf(side, version);
    return made(...given);
  };
}

function readable(errors: ErrorObject[]): string[] {
  const lines = errors
    .filter(({ keyword }) => keyword !== "anyOf")
    .map(({ instancePath, message, params }) => {
      const what = params.additionalProperty ?? params.allowedValues;
      return `${instancePath || "/"} ${message}${what === undefined ? "" : `: ${what}`}`;
    });
  return [...new Set(lines.length > 0 ? lines : errors.map(({ message }) => `/ ${message}`))];
}

/** Their contents are the user's own: what is empty there may be meant. */
const freeForm = ["attributes", "custom_attributes", "metadata", "ticket_attributes"];

function emptyValues(value: unknown, path: string): string[] {
  if (value === "") return [`${path} is an empty string`];
  if (typeof value !== "object" || value === null) return [];
  const entries = Object.entries(value);
  if (entries.length === 0) return [`${path || "/"} is empty`];
  return entries.flatMap(([key, inner]) => {
    const problems = emptyValues(inner, `${path}/${key}`);
    return freeForm.includes(key)
      ? problems.filter((line) => line === `${path}/${key} is empty`)
      : problems;
  });
}

function judge(version: string): ApiDescription {
  const { paths } = read(version);
  const findTemplate = templatesOf(paths);
  const judges = { answers: lazily("answers", version), requests: lazily("requests", version) };

  const find = ({ method, path }: { method: string; path: string }) => {
    const template = findTemplate(path.split("?")[0] ?? "");
    const operation = template && paths[template]?.[method.toLowerCase()];
    if (!template || !operation) return undefined;
    const name = `${method.toUpperCase()} ${withoutNames(template)}`;
    const corrections = operationCorrections.filter((correction) => correction.operation === name);
    return { name, operation, corrections };
  };

  const problemsOfQuery = (found: NonNullable<ReturnType<typeof find>>, path: string) => {
    const added: Record<string, Schema> = Object.assign(
      {},
      ...found.corrections.map((c) => c.query),
    );
    const known = new Map(Object.entries(added));
    for (const parameter of found.operation.parameters ?? []) {
      if (parameter.in === "query") known.set(parameter.name, parameter.schema);
    }
    return [...new URL(path, "http://intercom.invalid").searchParams].flatMap(([name, value]) => {
      const schema = known.get(name);
      if (!schema) return [`query parameter "${name}" is unknown`];
      if (value === "") return [`query parameter "${name}" is empty`];
      const fits =
        (schema.type !== "integer" || /^-?\d+$/.test(value)) &&
        (schema.type !== "boolean" || /^(true|false)$/.test(value)) &&
        (!schema.enum || schema.enum.includes(value));
      return fits ? [] : [`query parameter "${name}" is no ${schema.type}: "${value}"`];
    });
  };

  return {
    problemsOfRequest(request) {
      const found = find(request);
      if (!found) return [`${request.method} ${request.path} is not in version ${version}`];
      const { operation, corrections, name } = found;
      const corrected = corrections.find((correction) => correction.body)?.body;
      const schema = operation.requestBody?.content?.["application/json"]?.schema ?? corrected;
      const list = problemsOfQuery(found, request.path);
      if (request.body === undefined) {
        if (schema) list.push("there is no body");
      } else if (schema) {
        list.push(...judges.requests(`request ${name}`, schema, request.body));
        list.push(...emptyValues(request.body, ""));
      } else list.push("there is a body, where none is described");
      return list;
    },

    problemsOfAnswer(request, { status, body }) {
      const found = find(request);
      if (!found) return [`${request.method} ${request.path} is not in version ${version}`];
      if (status >= 400) {
        // Intercom describes few refusals (contacts have only 200 and 401), but describes their form.
        const error = { $ref: "#/components/schemas/error" };
        const list = judges.answers("error", error, body);
        const { errors } = (body ?? {}) as { errors?: unknown[] };
        return list.length === 0 && errors?.length === 0 ? ["errors is empty"] : list;
      }
      const response = found.operation.responses[status];
      if (!response) return [`status ${status} is not described`];
      const corrected = found.corrections.find((correction) => correction.answer)?.answer;
      const schema = corrected ?? response.content?.["application/json"]?.schema;
      if (schema) return judges.answers(`${status} ${found.name}`, schema, body);
      return body === undefined ? [] : ["there is a body, where none is described"];
    },

    problemsOf(schema, value) {
      return judges.answers(schema, { $ref: `#/components/schemas/${schema}` }, value);
    },

    operations() {
      return Object.entries(paths).flatMap(([template, operations]) =>
        // A path may have parameters that all its operations share.
        Object.entries(operations)
          .filter(([, { responses }]) => responses)
          .map(([method]) => `${method.toUpperCase()} ${withoutNames(template)}`),
      );
    },

    recordedAnswers() {
      return Object.entries(paths).flatMap(([template, operations]) =>
        Object.entries(operations).flatMap(([method, { responses }]) =>
          Object.entries(responses ?? {}).flatMap(([status, { content }]) =>
            Object.values(content?.["application/json"]?.examples ?? {}).map(({ value }) => ({
              operation: `${method.toUpperCase()} ${withoutNames(template)}`,
              status: Number(status),
              body: value,
            })),
          ),
        ),
      );
    },
  };
}
