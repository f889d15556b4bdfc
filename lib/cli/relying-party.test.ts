import { expect, test } from "vitest";
import { relyingPartyCommand } from "./relying-party.ts";

const add = (file: string) => relyingPartyCommand.run(new Set(), { values: new Map(), operands: ["add", file] });

test("a file without an end is read no further than any file of a system goes", async () => {
  await expect(add("/dev/zero")).rejects.toThrow("The file is larger than 256 KB");
});

test("a file that is not there is said to be so", async () => {
  await expect(add("/nowhere/system.json")).rejects.toThrow("The file cannot be read (ENOENT)");
});
