import { audit } from "./audit.ts";
import { backup } from "./backup.ts";
import { bounce } from "./bounce.ts";
import { type Command, type ExitCode, readArguments } from "./command.ts";
import { doctor } from "./doctor/doctor.ts";
import { importStaff } from "./import-staff.ts";
import { inviteAdmin } from "./invite-admin.ts";
import { keys } from "./keys.ts";
import { migrate } from "./migrate.ts";
import { relyingPartyCommand } from "./relying-party.ts";
import { restore } from "./restore.ts";
import { wordsOfFault } from "./words-of-fault.ts";

const commands: Readonly<Record<string, Command>> = {
  "invite-admin": inviteAdmin,
  "import-staff": importStaff,
  "relying-party": relyingPartyCommand,
  audit,
  bounce,
  keys,
  migrate,
  backup,
  restore,
  doctor,
};

const overview = `Usage: npm run kunci -- COMMAND [--help]

${Object.entries(commands)
  .map(([name, { summary }]) => `  ${name.padEnd(14)} ${summary}`)
  .join("\n")}

Exit codes: 0 done and well, 1 not done or not well, 2 not understood.`;

async function main([name, ...args]: readonly string[]): Promise<ExitCode> {
  if (name === "--help" || name === "-h" || name === "help") return tell(overview);
  const command = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) return notUnderstood(name === undefined ? "which command?" : `there is no command "${name}"`, overview);
  if (args.includes("--help") || args.includes("-h")) return tell(command.help);
  const read = readArguments(command, args);
  return "refused" in read
    ? notUnderstood(`${name} ${read.refused}`, command.help)
    : command.run(read.switches, read.given);
}

function tell(text: string): ExitCode {
  console.log(text);
  return 0;
}

function notUnderstood(why: string, help: string): ExitCode {
  console.error(`kunci: ${why}\n\n${help}`);
  return 2;
}

process.exitCode = await main(process.argv.slice(2)).catch((fault: unknown) => {
  for (const line of wordsOfFault(fault)) console.error(`kunci: ${line}`);
  return 1;
});
