import fs from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readHead } from "./audit.ts";

const head = { number: 3, lastId: 2_501, sealedAt: "2026-11-20T07:15:00.000Z", signature: "c2lnbmF0dXJl" };

async function fileOf(text: string): Promise<string> {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), "kunci-head-"));
  onTestFinished(() => fs.rm(folder, { recursive: true }));
  await fs.writeFile(path.join(folder, "head"), text);
  return path.join(folder, "head");
}

test("a head is read as it was printed, also behind what npm says of itself", async () => {
  const printed = `${JSON.stringify(head)}\n`;
  expect(await readHead(await fileOf(printed))).toEqual(head);
  expect(await readHead(await fileOf(`\n> kunci@0.1.0 kunci\n> node audit head\n\n${printed}`))).toEqual(head);
});

test.each([
  "",
  "no head",
  "{}",
  '{"number":3}',
  JSON.stringify({ ...head, number: 0 }),
  JSON.stringify(head).slice(0, -3),
])("%j is no head", async (text) => {
  await expect(readHead(await fileOf(text))).rejects.toThrow("holds no head");
});

test("a file that is not there is told in plain words", async () => {
  await expect(readHead("/nowhere/head")).rejects.toThrow("cannot be read (ENOENT)");
});
