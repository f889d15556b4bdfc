import { expect, test } from "vitest";
import { isOfficialOrigin } from "./official-origin.ts";

test.each([
  ["https://kunci.agensi.gov.my", true],
  ["https://kunci.agensi.gov.my:8443", true],
  ["http://kunci.agensi.gov.my", false],
  ["https://kunci.contoh.example.gov.my", false],
  ["https://example.gov.my", false],
  ["https://counterexample.gov.my", true],
  ["https://gov.my.elsewhere.example", false],
  ["https://kuncigov.my", false],
  ["http://localhost:3000", false],
])("%s may call itself official: %s", (origin, official) => {
  expect(isOfficialOrigin(origin)).toBe(official);
});
