// `npm run drill -- NAME [ARGUMENTS]`: what is done to a running portal on purpose, and whether it held. Exit 1 where it did not.

/** Each prints what it did and answers with its figures; `held` is whether every promise was kept. */
export type Drill = (args: readonly string[]) => Promise<{ held: boolean } & Record<string, unknown>>;

const mailDrill: Drill = async (args) => {
  const { loadWithLetters } = await import("./faults/load-with-letters.ts");
  return (await loadWithLetters<{ mail: Drill }>("/e2e/drill/faults/mail.ts")).mail(args);
};

/** Loaded when asked for: some take a browser with them. */
const drills: Record<string, () => Promise<Drill>> = {
  kill: async () => (await import("./faults/kill.ts")).kill,
  database: async () => (await import("./faults/database.ts")).database,
  disk: async () => (await import("./faults/disk.ts")).disk,
  mail: async () => mailDrill,
  clock: async () => (await import("./faults/clock.ts")).clock,
  restore: async () => (await import("./restore.ts")).restore,
  load: async () => (await import("./load.ts")).load,
  fuzz: async () => (await import("./fuzz.ts")).fuzz,
  rotate: async () => (await import("./rotate.ts")).rotate,
  upgrade: async () => (await import("./upgrade.ts")).upgrade,
};

const [name = "", ...args] = process.argv.slice(2);
if (!Object.hasOwn(drills, name)) {
  console.error(`npm run drill -- ${Object.keys(drills).join("|")}`);
  process.exit(2);
}
const drill = await (drills[name] as () => Promise<Drill>)();
const outcome = await drill(args);
console.log(JSON.stringify({ drill: name, ...outcome }));
process.exitCode = outcome.held ? 0 : 1;
