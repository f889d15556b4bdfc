import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { announcement, demoCredentialsFile } from "./announce.ts";
import { readConfig } from "./read-config.ts";

test("the demonstration says where it is, where its letters are, and who can sign in", () => {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), "kunci-announce-"));
  const config = readConfig({ KUNCI_DATA_DIR: dataDir, PORT: "3210" });
  expect(announcement(config)).not.toContain("Orang contoh");
  const people = [
    { role: "staff", identityNumber: "900101140000", password: "a password", totpSecret: "JBSWY3DP" },
    { role: "pre-registered", identityNumber: "950620100000" },
  ];
  fs.writeFileSync(demoCredentialsFile(dataDir), JSON.stringify(people));
  const said = announcement(config);
  expect(said).toContain("http://localhost:3210\n");
  expect(said).toContain("http://localhost:3210/mailbox");
  expect(announcement(config, "http://127.0.0.1:3211")).toContain("systems http://127.0.0.1:3211\n");
  expect(said).toContain("staff            900101140000   a password  TOTP JBSWY3DP");
  expect(said).toContain("pre-registered   950620100000   –");
  fs.rmSync(dataDir, { recursive: true });
});
