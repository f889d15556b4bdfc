import { randomBytes } from "node:crypto";
import { Secret } from "otpauth";
import { describe, expect, test } from "vitest";
import { seconds } from "#lib/kernel/time.ts";
import { anotherCode, totpCode } from "#lib/testing/totp.ts";
import { fitTotp, inFours, newTotpSecret, otpauthUri, readTotpCode, STEP } from "./codes.ts";

/** RFC 6238 appendix B: the secret of its table for SHA-1, and the last six of its eight digits. */
const RFC_SECRET = Secret.fromLatin1("12345678901234567890").base32;
const rfcTable = [
  [59, "287082"],
  [1_111_111_109, "081804"],
  [1_111_111_111, "050471"],
  [1_234_567_890, "005924"],
  [2_000_000_000, "279037"],
  [20_000_000_000, "353130"],
] as const;

test.each(rfcTable)("at second %i of the RFC's table the code is %s", (at, code) => {
  const now = new Date(seconds(at));
  expect(fitTotp(RFC_SECRET, code, now)).toEqual({ step: Math.floor(at / 30) });
  expect(totpCode(RFC_SECRET, now)).toBe(code);
});

const NOW = new Date("2026-11-20T07:15:10.000Z");
const present = Math.floor(NOW.getTime() / STEP);
const secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
const fits = (steps: number) => fitTotp(secret, totpCode(secret, NOW, steps), NOW);

test("the code of this step, the one before and the one after open, and say which step they are of", () => {
  for (const steps of [-1, 0, 1]) expect(fits(steps)).toEqual({ step: present + steps });
});

test("a code of another time tells how far the phone's clock is off, up to ten minutes", () => {
  const behind = (minutes: number) => ({ skew: { minutes, direction: "behind" } });
  const ahead = (minutes: number) => ({ skew: { minutes, direction: "ahead" } });
  expect([-2, -4, -20].map(fits)).toEqual([behind(1), behind(2), behind(10)]);
  expect([2, 4, 20].map(fits)).toEqual([ahead(1), ahead(2), ahead(10)]);
  expect([-21, 21, 2_880].map(fits)).toEqual([null, null, null]);
});

test("a code of no time near is nobody's", () => {
  const near = Array.from({ length: 41 }, (_, n) => totpCode(secret, NOW, n - 20));
  expect(fitTotp(secret, anotherCode(...near), NOW)).toBeNull();
});

test("a new secret is 160 bits, none like another, in letters an app takes", () => {
  const secrets = Array.from({ length: 50 }, () => newTotpSecret(randomBytes));
  expect(new Set(secrets).size).toBe(50);
  for (const one of secrets) expect(one).toMatch(/^[A-Z2-7]{32}$/);
  expect(inFours(secret)).toBe("JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP");
});

test("the QR code names the portal and the person, whatever stands in the names", () => {
  const uri = new URL(otpauthUri(secret, "Kunci: Jabatan & Contoh", "aisyah@contoh.example.gov.my"));
  expect(uri.protocol + uri.host).toBe("otpauth:totp");
  expect(decodeURIComponent(uri.pathname)).toBe("/Kunci  Jabatan & Contoh:aisyah@contoh.example.gov.my");
  expect(Object.fromEntries(uri.searchParams)).toEqual({
    issuer: "Kunci  Jabatan & Contoh",
    secret,
    algorithm: "SHA1",
    digits: "6",
    period: "30",
  });
});

describe("a typed code", () => {
  test.each(["123456", " 123 456 ", "123-456", "１２３４５６", "１２３　４５６", "1 2 3 4 5 6", "\u00a0123456"])(
    "%j is read",
    (typed) => {
      expect(readTotpCode(typed)).toBe("123456");
    },
  );
  test.each([
    "",
    "12345",
    "1234567",
    "-12345",
    "+12345",
    "12345a",
    "١٢٣٤٥٦",
    "12345.",
    "0x1234",
    "1e5000",
    "1".repeat(10_000),
  ])("%j is none", (typed) => {
    expect(readTotpCode(typed)).toBeNull();
  });
});
