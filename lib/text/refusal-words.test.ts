import { expect, test } from "vitest";
import { emailRefusals } from "#lib/kernel/email-address.ts";
import { identityRefusals } from "#lib/kernel/identity-number.ts";
import { mobileRefusals } from "#lib/kernel/mobile-number.ts";
import { nameRefusals } from "#lib/kernel/person-name.ts";
import { textRefusals } from "#lib/kernel/plain-text.ts";
import { messages } from "./messages.ts";
import { domainsInWords, type RefusalCode, refusalWords } from "./refusal-words.ts";

const languages = ["ms", "en"] as const;
const facts = { domains: ["contoh.example.gov.my", "*.gov.my"] };
// Listing them as codes is the test that each has words: one without does not compile here.
const kernelCodes: readonly RefusalCode[] = [
  ...textRefusals,
  ...identityRefusals,
  ...emailRefusals,
  ...nameRefusals,
  ...mobileRefusals,
];

test("every refusal of the kernel is a sentence in both languages", () => {
  for (const language of languages) {
    for (const code of kernelCodes) expect(refusalWords(language, facts)(code)).toMatch(/^\p{Lu}.+\.$/u);
  }
});

test("no refusal blames, shouts or shows a code, and each leaves nothing unfilled", () => {
  for (const language of languages) {
    const words = refusalWords(language, facts);
    for (const code of Object.keys(messages[language].refusals) as RefusalCode[]) {
      expect(words(code)).not.toMatch(/[!{}]|_|ralat|tidak sah\b|invalid|illegal|error/i);
    }
  }
});

test("the allowed domains are named in words", () => {
  expect(domainsInWords("ms", facts.domains)).toBe("contoh.example.gov.my atau .gov.my");
  expect(domainsInWords("en", facts.domains)).toBe("contoh.example.gov.my or .gov.my");
  expect(refusalWords("ms", facts)("email_personal")).toContain("berakhir dengan contoh.example.gov.my atau .gov.my.");
  expect(() => refusalWords("ms")("email_domain")).toThrow();
});
