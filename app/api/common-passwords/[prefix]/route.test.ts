import { describe, expect, test, vi } from "vitest";
import { askWhetherCommon } from "#lib/authenticators/password/ask-whether-common.ts";
import { commonPrefix } from "#lib/authenticators/password/common-form.ts";
import { isCommonPassword } from "#lib/authenticators/password/is-common-password.ts";
import { GET } from "./route.ts";

describe("asking from a browser", () => {
  const bucket = (prefix: string) => GET(new Request("http://localhost"), { params: Promise.resolve({ prefix }) });

  test("sends three digits of a hash, and finds what the server finds", async () => {
    const asked: string[] = [];
    vi.stubGlobal("fetch", async (path: string) => {
      asked.push(path);
      return bucket(path.split("/").at(-1) ?? "");
    });
    for (const plain of ["P@ssw0rd1234!", "Malaysia@2026", "Hujan di Tepi Sungai 7#", "Qwerty12345!"]) {
      expect(await askWhetherCommon(plain)).toBe(await isCommonPassword(plain));
    }
    expect(asked).toHaveLength(3);
    for (const path of asked) expect(path).toMatch(/^\/api\/common-passwords\/[0-9a-f]{3}$/);
    vi.stubGlobal("fetch", async () => new Response(null, { status: 503 }));
    await expect(askWhetherCommon("Hujan di Tepi Sungai 7#")).rejects.toThrow();
    vi.unstubAllGlobals();
  });

  test("is answered with suffixes that may be kept for a day", async () => {
    const { prefix, suffix } = await commonPrefix("password");
    const answer = await bucket(prefix);
    expect(answer.headers.get("cache-control")).toBe("public, max-age=86400");
    const suffixes = (await answer.text()).split("\n");
    expect(suffixes).toContain(suffix);
    for (const each of suffixes) expect(each).toMatch(/^[0-9a-f]{13}$/);
  });

  test.each(["", "ab", "abcd", "ABC", "xyz", "..%2f", "0x1", "-01", "a b"])(
    "is not answered for the prefix %j",
    async (prefix) => {
      expect((await bucket(prefix)).status).toBe(404);
    },
  );
});
