import component from "../src/index";
import { usesByResource } from "../test/uses/index";
import type { Use } from "../test/uses/use";
import { example, linkTo, origin, table } from "./markdown";
import { needsOf } from "./permissions";

interface Shown {
  key: string;
  label: string;
  type: string;
  required?: boolean;
  shown?: boolean;
  default?: unknown;
  comments?: string;
  model?: { label: string; value: string }[];
}

interface Part {
  key: string;
  display: { label: string; description: string };
  inputs: unknown[];
  examplePayload?: unknown;
}

const starred =
  "An input with a star must be filled in. A blank ID is refused where the action needs the ID, with a star or without.";

const choiceText = ({ label, value }: { label: string; value: string }): string =>
  label === value ? `\`${value}\`` : `${label} (\`${value === "" ? '""' : value}\`)`;

const isFilledIn = ({ type }: Shown) => type !== "connection";

function inputTable(inputs: Shown[]): string {
  const rows = inputs.filter(isFilledIn).map((input) => [
    input.required ? `${input.label} \\*` : input.label,
    `\`${input.key}\``,
    input.type,
    input.default ? `\`${input.default}\`` : "",
    [
      input.comments,
      input.model && `One of ${input.model.map(choiceText).join(", ")}`,
      input.shown === false && "Hidden",
    ]
      .filter((sentence) => sentence)
      .map((sentence) => `${sentence}`.replace(/\.?$/, "."))
      .join(" "),
  ]);
  return rows.length === 0
    ? "No inputs."
    : table(["Input", "Key", "Type", "Default", "Notes"], rows);
}

const permissionText = (use: Use): string[] => {
  const needs = needsOf(use).map(({ permission, when }) =>
    when ? `*${permission}* (${when})` : `*${permission}*`,
  );
  return needs.length === 0 ? [] : [`Permission: ${needs.join(", ")}.`];
};

const partText = ({ key, display, inputs, examplePayload }: Part, more: string[] = []): string =>
  [
    `## ${display.label}`,
    `${display.description.replace(/\.$/, "")}. Key: \`${key}\``,
    ...more,
    inputTable(inputs as Shown[]),
    ...(examplePayload === undefined ? [] : [example("Example result", examplePayload)]),
  ].join("\n\n");

/** `rawRequest` -> `Raw request` */
const titleOf = (resource: string): string =>
  resource
    .replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    .replace(/^./, (letter) => letter.toUpperCase());

/** The actions of a resource, by their labels. */
function actionsOf(resource: string): { action: Part; use: Use }[] {
  return Object.entries(usesByResource[resource] ?? {})
    .map(([key, use]) => {
      const action = component.actions[key];
      if (!action)
        throw new Error(`test/uses/${resource}.ts has a use of ${key}, which is not an action.`);
      return { action, use };
    })
    .sort((a, b) => a.action.display.label.localeCompare(b.action.display.label));
}

const resources = Object.keys(usesByResource).sort();

const resourcePage = (resource: string): string =>
  [
    `# ${titleOf(resource)}`,
    `${origin} ${starred}`,
    ...actionsOf(resource).map(({ action, use }) => partText(action, permissionText(use))),
  ].join("\n\n");

const connectionsPage = (): string =>
  [
    "# Connections",
    `${origin} An input with a star must be filled in. [How to set one up](../connect.md).`,
    ...component.connections.map(
      ({ label, key, comments, inputs }) =>
        `## ${label}\n\n${comments}. Key: \`${key}\`\n\n${inputTable(inputs as Shown[])}`,
    ),
  ].join("\n\n");

const triggers = Object.values(component.triggers);

const triggersPage = (): string =>
  [
    "# Triggers",
    `${origin} An input with a star must be filled in. [How to set up the webhook](../webhooks.md).`,
    ...triggers.map(({ key, display, inputs }) => partText({ key, display, inputs })),
  ].join("\n\n");

const dataSourcesPage = (): string =>
  [
    "# Data sources",
    origin,
    table(
      ["Data source", "Key", "Inputs", "Purpose"],
      Object.values(component.dataSources).map(({ key, display, inputs }) => [
        display.label,
        `\`${key}\``,
        (inputs as Shown[])
          .filter(isFilledIn)
          .map(({ label }) => label)
          .join(", "),
        `${display.description}.`,
      ]),
    ),
  ].join("\n\n");

const links = (page: string, labels: string[]): string =>
  labels.map((label) => linkTo(page, label)).join(", ");

function indexPage(): string {
  const known = resources.flatMap(actionsOf).map(({ action }) => action.key);
  const unknown = Object.keys(component.actions).filter((key) => !known.includes(key));
  if (unknown.length > 0) throw new Error(`test/uses/ has no use of ${unknown.join(", ")}.`);
  return [
    "# Connections, actions, triggers and data sources",
    origin,
    table(
      ["Page", "Content"],
      [
        [
          "[Connections](connections.md)",
          links(
            "connections.md",
            component.connections.map(({ label }) => `${label}`),
          ),
        ],
        ...resources.map((resource) => [
          `[${titleOf(resource)}](${resource}.md)`,
          links(
            `${resource}.md`,
            actionsOf(resource).map(({ action }) => action.display.label),
          ),
        ]),
        [
          "[Triggers](triggers.md)",
          links(
            "triggers.md",
            triggers.map(({ display }) => display.label),
          ),
        ],
        ["[Data sources](dataSources.md)", "Lists to pick from, and forms"],
      ],
    ),
  ].join("\n\n");
}

/** The pages of `docs/actions/`, by the names of their files. */
export const actionPages = (): Record<string, string> => ({
  "README.md": indexPage(),
  "connections.md": connectionsPage(),
  ...Object.fromEntries(resources.map((resource) => [`${resource}.md`, resourcePage(resource)])),
  "triggers.md": triggersPage(),
  "dataSources.md": dataSourcesPage(),
});
