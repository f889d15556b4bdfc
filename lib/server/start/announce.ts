import fs from "node:fs";
import path from "node:path";
import type { Config } from "../config.ts";

/** The entries of `demo-credentials.json`, which the seed of the demonstration writes. */
export type DemoCredential = {
  role: string;
  identityNumber: string;
  officialEmail: string;
  password?: string;
  totpSecret?: string;
  /** What unlocks the account, and replaces a second factor that is lost. */
  securityAnswers?: { questionId: string; answer: string }[];
};

export const demoCredentialsFile = (dataDir: string): string =>
  path.join(/* turbopackIgnore: true */ dataDir, "demo-credentials.json");

/** What a person at the terminal wants to know once the demonstration runs: where it is, where its letters are, who can sign in. */
export function announcement(config: Config, examples?: string): string {
  const file = demoCredentialsFile(config.dataDir);
  const people = readPeople(file);
  const rows = people.map(({ role, identityNumber, password = "–", totpSecret }) => [
    role,
    identityNumber,
    password + (totpSecret ? `  TOTP ${totpSecret}` : ""),
  ]);
  const widths = [0, 1].map((column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)));
  const table = rows.map((row) =>
    `    ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("   ")}`.trimEnd(),
  );
  return [
    "",
    `  Kunci ${config.version} · demonstrasi / demonstration`,
    "",
    `  Portal               ${config.origin}`,
    `  Peti surat / Letters ${config.origin}/mailbox`,
    ...(examples ? [`  Sistem contoh / Example systems ${examples}`] : []),
    ...(people.length > 0
      ? ["", `  Orang contoh / Demo people (${path.relative(process.cwd(), file)})`, ...table]
      : []),
    "",
    "  Ctrl-C untuk berhenti / to stop",
    "",
  ].join("\n");
}

function readPeople(file: string): DemoCredential[] {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8")) as DemoCredential[];
  } catch {
    return [];
  }
}
