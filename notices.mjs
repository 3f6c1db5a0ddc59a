import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

/** Beside the code, so that it is in whatever is published. */
const fileName = "THIRD-PARTY-NOTICES.txt";

/** Packages that are built into a file of another, by the name of that one. */
const inside = { axios: ["proxy-from-env"] };

const ownFolder = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/;

/** The folder of the package that a module is from; none where it is ours. */
function folderOf(id) {
  // What rolldown adds to load CommonJS is under rolldown's own licence.
  if (id.startsWith("\0rolldown/")) {
    const require = createRequire(createRequire(import.meta.url).resolve("tsdown"));
    return ownFolder.exec(require.resolve("rolldown"))?.[0];
  }
  return id.startsWith("\0") ? undefined : ownFolder.exec(id)?.[0];
}

/** The text that MIT and Apache-2.0 ask to hand on with each copy. Some packages have it in their README. */
function licenceOf(folder) {
  const read = (name) => readFileSync(join(folder, name), "utf8").trim();
  const files = readdirSync(folder).sort();
  const named = files.filter((name) => /^(?:licen[cs]e|copying|notice)/i.test(name));
  if (named.length > 0) return named.map(read);
  const readme = files.filter((name) => /^readme/i.test(name)).map(read);
  const [, text] = readme.join("\n").split(/^(?:#+ *)?Licen[cs]e *\n(?:-+\n)?/im);
  if (!text) throw new Error(`${folder} holds no licence that could be handed on.`);
  // Links stand at the end of a README.
  return [text.replace(/^\[.+\]: .+$/gm, "").trim()];
}

function noticeOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return [`${name} ${version} (${license})`, ...licenceOf(folder)].join("\n\n");
}

const withInside = (folder) => {
  const [home, name] = folder.split(/(?<=.*\/node_modules)\//);
  return [folder, ...(inside[name] ?? []).map((each) => join(home, each))];
};

/** Writes down our licence, and that of each package whose code is in the built file. */
export const notices = {
  name: "notices",
  generateBundle(_, bundle) {
    const modules = Object.values(bundle).flatMap((chunk) => Object.entries(chunk.modules ?? {}));
    const used = modules.filter(([, { renderedLength }]) => renderedLength > 0);
    const folders = used.map(([id]) => folderOf(id)).filter(Boolean);
    const all = new Set(folders.flatMap(withInside));
    const parts = [
      noticeOf(import.meta.dirname),
      "index.js also holds code of these packages:",
      ...[...all].map(noticeOf).sort(),
    ];
    const rule = `\n\n${"-".repeat(80)}\n\n`;
    this.emitFile({ type: "asset", fileName, source: `${parts.join(rule)}\n` });
  },
};
