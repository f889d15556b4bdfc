import type { IdentityNumber } from "#lib/kernel/identity-number.ts";

const FIRST_BIRTHDAY = Date.UTC(1960, 0, 1);
const DAY = 86_400_000;
/** Johor to Putrajaya. */
const STATES = 16;

/**
 * The n-th (from 0) made-up MyKad number: a valid date and state with the serial 0000, which is never issued.
 * No two n below 250,000 share one.
 */
export function fixtureIdentity(n: number): IdentityNumber & { type: "mykad" } {
  const born = new Date(FIRST_BIRTHDAY + Math.floor(n / STATES) * DAY).toISOString();
  const state = String((n % STATES) + 1).padStart(2, "0");
  return { type: "mykad", number: `${born.slice(2, 4)}${born.slice(5, 7)}${born.slice(8, 10)}${state}0000` };
}

const names = [
  "Aisyah binti Contoh",
  "Kumar A/L Contoh",
  "Mei Ling Contoh",
  "Jugah anak Contoh",
  "Siti Contoh @ Ujian",
  "D'Contoh",
  "Satunama",
];

/** The n-th made-up person: names as documents have them, and a mailbox of their own. */
export function fixturePerson(n: number) {
  return {
    identity: fixtureIdentity(n),
    fullName: names[n % names.length] as string,
    officialEmail: `pegawai.${n}@contoh.example.gov.my`,
  };
}
