import { expect, test } from "vitest";
import { MOST_DOMAINS, parseDomains } from "./parse-domains.ts";

test("domains are listed a line each or with commas, each once, in lower case", () => {
  expect(parseDomains("Contoh.example.gov.my\r\n*.gov.my, @contoh.example.gov.my;\n")).toEqual({
    ok: true,
    value: ["contoh.example.gov.my", "*.gov.my"],
  });
});

test.each([
  ["", "domains_missing"],
  [" ,\n", "domains_missing"],
  ["gov", "domain_shape"],
  ["*", "domain_shape"],
  ["*.my", "domain_shape"],
  ["pegawai@contoh.example.gov.my", "domain_shape"],
  ["https://contoh.example.gov.my", "domain_shape"],
  ["a..example.gov.my", "domain_shape"],
  ["-a.example.gov.my", "domain_shape"],
  ["xn--contoh-9za.example.my", "domain_shape"],
  ["contoh.example.gov.my\ngmail.com", "domain_personal"],
  ["*.yahoo.com", "domain_personal"],
  ["yahoo.com.my", "domain_personal"],
  ["*.com.my", "domain_open"],
  ["contoh.example.gov.my *.net.my", "domain_open"],
  ["*.co.uk", "domain_open"],
])("%j is refused: %s", (text, error) => {
  expect(parseDomains(text)).toEqual({ ok: false, error });
});

test("more than anybody needs are refused", () => {
  const many = (n: number) => Array.from({ length: n }, (_, i) => `d${i}.example.gov.my`).join("\n");
  expect(parseDomains(many(MOST_DOMAINS))).toMatchObject({ ok: true });
  expect(parseDomains(many(MOST_DOMAINS + 1))).toEqual({ ok: false, error: "too_many_domains" });
});
