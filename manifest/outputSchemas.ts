import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const spectral = 'import type { OutputSchema } from "@prismatic-io/spectral";\n';
const asText =
  /( outputSchema: \{\s*type: "actionOutput",\s*schema:\s*)(["'])((?:(?!\2)[^\\]|\\.)*)\2,\s*\},/;

/**
 * Spectral's generator (10.31.1) writes an output schema as the built component has it, with the
 * JSON Schema as text. Its own type wants an object, so the package does not compile. This writes
 * the object.
 *
 * @throws Error where an output schema looks otherwise: the generator has changed.
 */
export function mendOutputSchemas(manifest: string): void {
  const folder = join(manifest, "src", "actions");
  for (const file of readdirSync(folder)) {
    const path = join(folder, file);
    const code = readFileSync(path, "utf8");
    if (!code.includes(" outputSchema: ")) continue;
    const mended = code.replace(
      asText,
      (_, before, _quote, json) => `${before}${json}\n} as OutputSchema,`,
    );
    if (mended === code) throw new Error(`${file} has an output schema of another form.`);
    writeFileSync(path, `${spectral}${mended}`);
  }
}
