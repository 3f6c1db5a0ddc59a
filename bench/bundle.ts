import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, statSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { bytesByPart, bytesOfTexts } from "./bundleParts";
import { type Figure, show } from "./figure";
import { compare, inRounds, median, timed } from "./rounds";
import { count, rounded } from "./table";

const run = promisify(execFile);
const rounds = 15;
const project = dirname(import.meta.dirname);

/** The build configuration that `prism components:init` gives a new component. */
const templateConfig =
  "node_modules/@prismatic-io/prism/lib/templates/modern/tsdown.config.mts.ejs";

/** Builds a copy of the component in a folder, and returns the file, because `dist/` may be old. */
async function build(folder: string, config: string, ...options: string[]): Promise<string> {
  for (const part of ["src", "assets", "package.json", "tsconfig.json", "notices.mjs", "LICENSE"]) {
    cpSync(join(project, part), join(folder, part), { recursive: true });
  }
  // The configuration holds no types, so as .mjs it needs no loader.
  cpSync(join(project, config), join(folder, "tsdown.config.mjs"));
  symlinkSync(join(project, "node_modules"), join(folder, "node_modules"));
  const tsdown = join(project, "node_modules/.bin/tsdown");
  await run(tsdown, ["--config-loader", "native", "--logLevel", "error", ...options], {
    cwd: folder,
  });
  return join(folder, "dist/index.js");
}

const node = (code: string, ...args: string[]) => run(process.execPath, ["-e", code, ...args]);

const requireIt = "require(process.argv[1])";

/** The time of `require` in milliseconds, in a fresh process. */
async function requireMs(file: string): Promise<number> {
  const code = `
    const startedAt = performance.now();
    ${requireIt};
    console.log(performance.now() - startedAt);
    process.exit();
  `;
  return Number((await node(code, file)).stdout);
}

async function measure(): Promise<Figure> {
  const ground = mkdtempSync(join(tmpdir(), "bench-"));
  const folder = () => mkdtempSync(join(ground, "build-"));
  try {
    const ours = await build(folder(), "tsdown.config.mjs");
    const mapped = await build(folder(), "tsdown.config.mjs", "--sourcemap");
    const theirs = await build(folder(), templateConfig);
    const theirsMinified = await build(folder(), templateConfig, "--minify");
    const kb = (file: string) => statSync(file).size / 1024;
    const loads = await inRounds(rounds, {
      ours: () => requireMs(ours),
      theirs: () => requireMs(theirs),
      theirsMinified: () => requireMs(theirsMinified),
    });
    const starts = await inRounds(rounds, {
      ours: timed(() => node(requireIt, ours)),
      theirs: timed(() => node(requireIt, theirs)),
      theirsMinified: timed(() => node(requireIt, theirsMinified)),
      bare: timed(() => node("")),
    });
    const load = compare(loads.ours, loads.theirs);
    const size = kb(ours) / kb(theirs);
    const row = (name: string, file: string, key: keyof typeof loads) => [
      name,
      count(Math.round(kb(file))),
      rounded(kb(file) / kb(theirs)),
      rounded(median(loads[key])),
      rounded(compare(loads[key], loads.theirs).ratio),
      rounded(median(starts[key])),
    ];
    return {
      title: "The published file",
      meaning: `Size of \`dist/index.js\`, and the time of \`require\` in a fresh process. We compare with the same sources, built with the unchanged configuration of Prismatic's template for a new component (CommonJS, one file, not minified). We build all files anew and load them in turn, ${rounds} rounds. Times are medians. "Process" is the time from the start of Node to its end. In the middle half of the rounds, \`require\` took ${load.middleHalf.map(rounded).join(" to ")} of the template's time.`,
      summary: [
        {
          measured: "Size of the published file",
          ratio: size,
          against: "the template's build",
          bar: `at most 450 KB: ${count(Math.round(kb(ours)))} KB`,
        },
        {
          measured: "Time of `require`, fresh process",
          ratio: load.ratio,
          against: "the template's build",
          bar: "at most 0.40",
        },
      ],
      tables: [
        {
          table: {
            head: ["", "KB", "KB / template", "`require`, ms", "Time / template", "Process, ms"],
            rows: [
              row("The component", ours, "ours"),
              row("The template's build", theirs, "theirs"),
              row("The template's build, minified", theirsMinified, "theirsMinified"),
              ["Bare Node, nothing loaded", "", "", "", "", rounded(median(starts.bare))],
            ],
          },
        },
        {
          caption: "What the file consists of:",
          table: {
            head: ["", "KB"],
            rows: [
              ...[...bytesByPart(mapped)].map(([name, bytes]) => [name, rounded(bytes / 1024)]),
              ["Of these, labels and notes of actions", rounded(bytesOfTexts() / 1024)],
            ],
          },
        },
      ],
      caveats: [
        "Texts are counted once, however many actions show them.",
        "The files are in the disk cache. How Prismatic starts a component, and whether Prismatic keeps a component loaded, is unknown.",
        "Anyone who uses the template may minify the file (the third line) and remove code that the component does not use.",
      ],
    };
  } finally {
    rmSync(ground, { recursive: true, force: true });
  }
}

void show(measure());
