import fs from "node:fs";
import path from "node:path";
import { dayOf, parseDay } from "#lib/kernel/calendar-day.ts";
import type { Context } from "#lib/kernel/context.ts";
import { acceptedTitles } from "#lib/staff-register/columns/guess-columns.ts";
import { columnFields } from "#lib/staff-register/columns/mapping.ts";
import { applyRegister } from "#lib/staff-register/import/apply-register.ts";
import { type ApplyWanted, discardImport, startApplying } from "#lib/staff-register/import/decide-import.ts";
import { readRegister } from "#lib/staff-register/import/read-register.ts";
import { uploadRegister } from "#lib/staff-register/import/upload-register.ts";
import { type BadRow, badRows, viewImport } from "#lib/staff-register/import/view-import.ts";
import { foreseeSuspensions, type Suspension } from "#lib/staff-register/leavers/foresee-suspensions.ts";
import { wordsOfReasons } from "#lib/staff-register/row/words-of-reasons.ts";
import { messages } from "#lib/text/messages.ts";
import { actAsOperator } from "./act-as-operator.ts";
import type { Command, ExitCode } from "./command.ts";

const AT_ONCE = 1_000;

const NAMES_FROM = 18;
const WIDTH = 120;

/** What each column may be called, in lines that fit a terminal. */
const columnsHelp = columnFields
  .map((field) => {
    const lines = [""];
    for (const title of acceptedTitles[field]) {
      const last = lines.at(-1) ?? "";
      if (last === "") lines[lines.length - 1] = title;
      else if (last.length + title.length + 2 < WIDTH - NAMES_FROM) lines[lines.length - 1] = `${last}, ${title}`;
      else {
        lines[lines.length - 1] = `${last},`;
        lines.push(title);
      }
    }
    return field.padEnd(NAMES_FROM) + lines.join(`\n${" ".repeat(NAMES_FROM)}`);
  })
  .join("\n");

export const importStaff: Command = {
  summary: "import a file of the staff register",
  help: `Usage: npm run kunci -- import-staff FILE [--whole] [--many] [--opens YYYY-MM-DD] [--dry-run] [--json]

Reads a CSV or XLSX file of the staff register and applies it: new people are pre-registered, those who are known are listed and
confirmed, what differs is kept to be looked at. Beside a running portal too. The same file again changes nothing.

The first row has the names of the columns. Capitals and punctuation make no difference; columns stand in any order:

${columnsHelp}

The office is a code (1009), a name, or both ("1009 Pejabat Negeri"). Days are written 31/12/2026 or 2026-12-31. Whoever has a last
day of service is suspended automatically when it is over, at the earliest 24 hours after the file was applied; what is printed
says how many and when, and officers may keep them at /helpdesk/leavers.

--whole     the file is the whole register: whoever it does not name is proposed as having left (nobody is suspended by that)
--many      even where a tenth of the register is missing in a whole file
--opens     the day from which new people may activate; at once without it
--dry-run   says what would happen, and changes nothing
--json      prints {"state", "counts", "suspends": [{"day", "people"}], "bad": [{"line", "identity", "name", "reasons"}]}

Ends with 1 where the file cannot be read, and where rows could not be used (all others are applied).`,
  options: ["--whole", "--many", "--dry-run", "--json"],
  valued: ["--opens"],
  operands: 1,
  run: async (options, { values, operands }) => {
    const [file] = operands;
    const opens = values.get("--opens");
    const opensOn = opens === undefined ? null : parseDay(opens);
    if (file === undefined || (opensOn && !opensOn.ok)) {
      console.error(
        `kunci: ${file === undefined ? "which file?" : `"${opens}" is no day such as ${dayOf(new Date())}`}`,
      );
      return 2;
    }
    const wanted = { opensAt: opensOn?.value ?? null, suspendsAt: null, evenMany: options.has("--many") };
    const told = await actAsOperator((ctx) => importFile(ctx, file, options, wanted));
    if (options.has("--json")) console.log(JSON.stringify(told, null, 2));
    else tell(told);
    return exitCode(told);
  },
};

type Told = { state: string; refusal?: string; counts: object | null; suspends: Suspension[]; bad: BadRow[] };

async function importFile(
  ctx: Context,
  file: string,
  options: ReadonlySet<string>,
  wanted: ApplyWanted,
): Promise<Told> {
  // Opened before anything is begun for it: a file that is not there leaves nothing behind.
  const body: AsyncIterable<Buffer> = (await fs.promises.open(file)).createReadStream();
  const upload = { fileName: path.basename(file), isWhole: options.has("--whole") };
  const kept = await uploadRegister(ctx, upload, body);
  if (!kept.ok) return { state: "refused", refusal: kept.error, counts: null, suspends: [], bad: [] };
  // A running portal's jobs may be at it as well; both go on from where the other is.
  await readRegister(ctx, kept.value);
  const read = await untilSettled(ctx, kept.value, ["reading"]);
  if (read.state !== "ready") {
    if (read.state === "columns") await discardImport(ctx, kept.value);
    return { state: read.state, ...(read.refusal && { refusal: read.refusal }), counts: null, suspends: [], bad: [] };
  }
  if (options.has("--dry-run")) {
    const suspends = await foreseeSuspensions(ctx, read);
    const told = { state: "previewed", counts: read.counts, suspends, bad: await everyBadRow(ctx, kept.value) };
    await discardImport(ctx, kept.value);
    return told;
  }
  const started = await startApplying(ctx, kept.value, wanted);
  if (!started.ok) {
    await discardImport(ctx, kept.value);
    return { state: "refused", refusal: started.error, counts: read.counts, suspends: [], bad: [] };
  }
  await applyRegister(ctx, kept.value);
  const done = await untilSettled(ctx, kept.value, ["applying"]);
  const suspends = await foreseeSuspensions(ctx, done);
  return { state: done.state, counts: done.counts, suspends, bad: await everyBadRow(ctx, kept.value) };
}

/** Where a job of the portal holds the last lines, it is a moment from done. */
async function untilSettled(ctx: Context, id: string, underWay: readonly string[]) {
  for (;;) {
    const file = await viewImport(ctx, id);
    if (!file) throw new Error("The file was thrown away meanwhile");
    if (!underWay.includes(file.state)) return file;
    await new Promise((done) => setTimeout(done, 200));
  }
}

async function everyBadRow(ctx: Context, id: string): Promise<BadRow[]> {
  const rows: BadRow[] = [];
  for (;;) {
    const next = await badRows(ctx, id, rows.at(-1)?.line ?? 0, AT_ONCE);
    rows.push(...next);
    if (next.length < AT_ONCE) return rows;
  }
}

function tell({ state, refusal, counts, suspends, bad }: Told): void {
  const { file } = messages.en.staffRegister;
  const why = refusal === undefined ? "" : `: ${(file as Record<string, string>)[refusal] ?? refusal}`;
  const advice =
    state === "columns"
      ? ": its columns are not clear; upload it at /admin/staff-register and say which is which"
      : why;
  console.log(`${state}${advice}`);
  for (const [kind, rows] of Object.entries(counts ?? {})) console.log(`  ${kind.padEnd(10)} ${rows}`);
  for (const { day, people } of suspends) console.log(`  suspended automatically on ${day}: ${people}`);
  for (const { line, reasons, name } of bad) console.log(`  line ${line}: ${wordsOfReasons("en", { reasons, name })}`);
}

const exitCode = ({ state, bad }: Told): ExitCode =>
  (state === "applied" || state === "previewed") && bad.length === 0 ? 0 : 1;
