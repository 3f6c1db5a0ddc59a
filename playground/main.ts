import type { Command } from "./commandLine";

/** npm starts a command like this: `node --import tsx playground/main.ts act createTag name=VIP`. */
const commands: Record<string, () => Promise<Command>> = {
  start: async () => (await import("./story")).start,
  act: async () => (await import("./act")).act,
  poll: async () => (await import("./poll")).poll,
  listen: async () => (await import("./listen")).listen,
  sandbox: async () => (await import("./sandbox")).sandbox,
};

const longestEndMs = 1000;

const parent = process.ppid;
const lookForParentMs = 250;

/**
 * Aborts at Ctrl+C or a signal. A signal to npm reaches only npm's shell, so we watch for the end of
 * that shell. The process exits within a second, even if something still waits.
 */
function endSignal(): AbortSignal {
  const end = new AbortController();
  const endSoon = () => {
    clearInterval(looking);
    setTimeout(() => process.exit(), longestEndMs).unref();
    end.abort();
  };
  const looking = setInterval(() => {
    if (process.env.npm_lifecycle_event && process.ppid !== parent) endSoon();
  }, lookForParentMs);
  looking.unref();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, endSoon);
  return end.signal;
}

process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  // A reader such as `head` may stop early, which is no error. Others, such as a full disk, are.
  if (error.code === "EPIPE") process.exit();
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});

async function main([name = "", ...words]: string[]): Promise<void> {
  const command = await commands[name]?.();
  if (!command) throw new Error(`"${name}" must be one of ${Object.keys(commands).join(", ")}.`);
  const { env, stdin, stdout, stderr } = process;
  process.exitCode = await command(words, { env, stdin, stdout, stderr, endSignal });
}

void main(process.argv.slice(2));
