import { expect, test } from "vitest";
import { GET } from "./route.ts";

const ask = (language: string) => GET(new Request("http://127.0.0.1/"), { params: Promise.resolve({ language }) });

test("the countries come in the language asked for, the empty choice first", async () => {
  const [ms, en] = await Promise.all([ask("ms"), ask("en")].map(async (answer) => (await answer).text()));
  expect(ms).toMatch(/^<option value="">Pilih negara<\/option>/);
  expect(ms).toContain('<option value="JP">Jepun</option>');
  expect(en).toContain('<option value="JP">Japan</option>');
});

test("a browser may keep them for a day: they say so, and are no page, which the front would have nobody keep", async () => {
  const { headers } = await ask("ms");
  expect(headers.get("cache-control")).toBe("public, max-age=86400");
  expect(headers.get("content-type")).toMatch(/^text\/plain\b/);
});

test("a language there is not has no countries", async () => {
  expect((await ask("de")).status).toBe(404);
});
