import fs from "node:fs";

/** The environment, read a name at a time; what is wrong is collected, so that one start tells all of it. */
export type Reading = {
  text: (name: string, fallback: string) => string;
  optional: (name: string) => string | undefined;
  oneOf: <T extends string>(name: string, choices: readonly T[], fallback: T) => T;
  wholeNumber: (name: string, range: { from: number; to: number }, fallback: number) => number;
  list: (
    name: string,
    fallback: readonly string[],
    isGood: (item: string) => boolean,
    what: string,
  ) => readonly string[];
  url: (name: string, schemes: readonly string[]) => string | undefined;
  wrong: (problem: string) => void;
  problems: readonly string[];
};

/**
 * What nobody else may read. Each may lie in a file instead, which NAME_FILE names, as container platforms hand secrets out; the
 * keys have a file of their own, whose mode is looked at.
 */
export const SECRETS: readonly string[] = [
  "DATABASE_URL",
  "DATABASE_OWNER_URL",
  "SMTP_URL",
  "RESEND_API_KEY",
  "RESEND_WEBHOOK_SECRET",
  "GOOGLE_CLIENT_SECRET",
  "METRICS_TOKEN",
];

// Not zod: this is read before anything else happens, and zod takes 80 ms and 18 MB in the launcher.
/** A name that is set but empty counts as not set, as in a compose file's `${NAME:-}`. */
export function readEnvironment(env: Readonly<Record<string, string | undefined>>): Reading {
  const problems: string[] = [];
  const wrong = (problem: string): void => {
    if (!problems.includes(problem)) problems.push(problem);
  };
  const given = (name: string): string | undefined => env[name]?.trim() || undefined;
  const optional = (name: string): string | undefined => {
    const file = SECRETS.includes(name) ? given(`${name}_FILE`) : undefined;
    if (file === undefined) return given(name);
    if (given(name) !== undefined) wrong(`${name} and ${name}_FILE are both set; set one of them`);
    try {
      return fs.readFileSync(/* turbopackIgnore: true */ file, "utf8").trim() || undefined;
    } catch (fault) {
      wrong(`${name}_FILE: ${file} cannot be read (${(fault as NodeJS.ErrnoException).code ?? "unknown"})`);
      return undefined;
    }
  };
  return {
    optional,
    wrong,
    problems,
    text: (name, fallback) => optional(name) ?? fallback,
    oneOf: (name, choices, fallback) => {
      const value = optional(name);
      if (value === undefined) return fallback;
      const chosen = choices.find((choice) => choice === value);
      if (chosen === undefined) wrong(`${name} is "${value}"; it must be one of ${choices.join(", ")}`);
      return chosen ?? fallback;
    },
    wholeNumber: (name, { from, to }, fallback) => {
      const value = optional(name);
      if (value === undefined) return fallback;
      const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
      if (number >= from && number <= to) return number;
      wrong(`${name} is "${value}"; it must be a whole number from ${from} to ${to}`);
      return fallback;
    },
    list: (name, fallback, isGood, what) => {
      const value = optional(name);
      if (value === undefined) return fallback;
      const items = value
        .split(",")
        .map((item) => item.trim())
        .filter(Boolean);
      const bad = items.filter((item) => !isGood(item));
      if (bad.length > 0)
        wrong(
          `${name} holds ${bad.map((item) => `"${item}"`).join(", ")}; each of its comma-separated entries must be ${what}`,
        );
      return items;
    },
    url: (name, schemes) => {
      const value = optional(name);
      if (value === undefined || (URL.canParse(value) && schemes.includes(new URL(value).protocol))) return value;
      // Not shown: such a value may carry a password.
      wrong(`${name} is not an address that begins with ${schemes.map((scheme) => `${scheme}//`).join(" or ")}`);
      return undefined;
    },
  };
}
