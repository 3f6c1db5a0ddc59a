import { readFileSync } from "node:fs";
import { SourceMap } from "node:module";
import component from "../src/index";

/** What the published file consists of, in bytes: each of our folders, and the libraries. */
const parts: [name: string, folder: RegExp][] = [
  ["Descriptions of results (`src/schemas/`)", /src\/schemas\//],
  ["Examples (`src/examples/`)", /src\/examples\//],
  ["Client (`src/intercom/`)", /src\/intercom\//],
  ["Actions, inputs, triggers, data sources, connections (the rest of `src/`)", /src\//],
  ["Libraries", /./],
];

/** The bytes of a built file by part, as its source map tells them apart. */
export function bytesByPart(file: string): Map<string, number> {
  const map = new SourceMap(JSON.parse(readFileSync(`${file}.map`, "utf8")));
  const bytes = new Map(parts.map(([name]) => [name, 0]));
  const lines = readFileSync(file, "utf8").split("\n");
  lines.forEach((line, lineNumber) => {
    let column = 0;
    for (const character of line) {
      const entry = map.findEntry(lineNumber, column);
      const source = "originalSource" in entry ? entry.originalSource : "";
      // A dependency may have a folder of that name too.
      const own = source.includes("node_modules") ? "" : source;
      const name = (parts.find(([, folder]) => folder.test(own)) ?? parts.at(-1))?.[0] ?? "";
      bytes.set(name, (bytes.get(name) ?? 0) + Buffer.byteLength(character));
      column += character.length;
    }
  });
  return bytes;
}

/** Labels, descriptions and notes of all actions, each counted once, in bytes. */
export function bytesOfTexts(): number {
  const texts = new Set<string>();
  for (const { display, inputs } of Object.values(component.actions)) {
    for (const text of [display.label, display.description]) texts.add(text);
    for (const { label, comments } of inputs) {
      for (const text of [label, comments]) if (typeof text === "string") texts.add(text);
    }
  }
  return [...texts].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}
