import { spawnSync } from "node:child_process";

/** Programs that are not ours and know TOTP and QR codes: what the portal shows and takes is held against them. */
const programs = { oathtool: "oathtool", zbarimg: "zbar-tools" } as const;

const isHere = (program: string): boolean => !spawnSync(program, ["--version"], { stdio: "ignore" }).error;

/** Those this machine has not. */
export const missingJudges = (): string[] => Object.keys(programs).filter((program) => !isHere(program));

/** Why a journey that needs them is skipped; nothing where both are here. */
export function whyNoJudges(): string | undefined {
  const missing = missingJudges();
  return missing.length > 0
    ? `${missing.join(" and ")} not found: install ${Object.values(programs).join(" and ")} to run this`
    : undefined;
}

/**
 * Debian's packages, where this machine is one and we may; once. Elsewhere the journeys that need them say why they are
 * skipped.
 */
export function installJudges(): void {
  if (missingJudges().length === 0 || process.getuid?.() !== 0 || !isHere("apt-get")) return;
  const packages = Object.values(programs).join(" ");
  spawnSync("sh", ["-c", `apt-get update -qq && apt-get install -y -qq ${packages}`], {
    stdio: "inherit",
    timeout: 120_000,
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  });
}

function ask(program: keyof typeof programs, args: string[], input?: Buffer): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, { input });
  if (error || status !== 0) throw new Error(`${program} failed: ${error?.message ?? stderr}`);
  return stdout.toString().trim();
}

/** What an authenticator app shows, as oathtool has it: `secondsFromNow` on its clock. */
export const codeByOathtool = (secret: string, secondsFromNow = 0): string => {
  const at = new Date(Date.now() + secondsFromNow * 1_000).toISOString().replace("T", " ").replace("Z", " UTC");
  return ask("oathtool", ["--totp", "--base32", "--now", at, secret]);
};

/** The text of the QR codes in a picture, as zbarimg reads them. */
export const readByZbar = (png: string): string => ask("zbarimg", ["--quiet", "--raw", png]);
