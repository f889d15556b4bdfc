import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { expect, onTestFinished, test } from "vitest";
import { mustBeFree, writeWhole } from "./write-whole.ts";

function folder(): string {
  const made = fs.mkdtempSync(path.join(os.tmpdir(), "kunci-whole-"));
  onTestFinished(() => fs.rmSync(made, { recursive: true }));
  return made;
}

test("a file is there once it is whole, for its owner's eyes alone", async () => {
  const here = folder();
  const file = path.join(here, "copy.age");
  async function* pieces() {
    yield Buffer.from("one ");
    expect(fs.existsSync(file)).toBe(false);
    yield Buffer.from("two");
  }
  expect(await writeWhole(file, Readable.from(pieces()))).toBe(7);
  expect(fs.readFileSync(file, "utf8")).toBe("one two");
  expect(fs.statSync(file).mode & 0o777).toBe(0o600);
  expect(fs.readdirSync(here)).toEqual(["copy.age"]);
});

test("of what broke off nothing is kept", async () => {
  const here = folder();
  async function* pieces() {
    yield Buffer.from("one ");
    throw new Error("the database went away");
  }
  await expect(writeWhole(path.join(here, "copy.age"), Readable.from(pieces()))).rejects.toThrow("went away");
  expect(fs.readdirSync(here)).toEqual([]);
});

test("whoever is told to stop leaves nothing, and says so", async () => {
  const here = folder();
  async function* pieces() {
    yield Buffer.from("one ");
    process.emit("SIGTERM");
    yield Buffer.from("two");
  }
  await expect(writeWhole(path.join(here, "copy.age"), Readable.from(pieces()))).rejects.toThrow("Broken off");
  expect(fs.readdirSync(here)).toEqual([]);
});

test("a file that is there, or comes to be there meanwhile, is not written over", async () => {
  const here = folder();
  const file = path.join(here, "copy.age");
  async function* pieces() {
    yield Buffer.from("mine");
    fs.writeFileSync(file, "theirs");
  }
  await expect(writeWhole(file, Readable.from(pieces()))).rejects.toThrow("is there already");
  expect(() => mustBeFree(file)).toThrow("is there already");
  expect(() => mustBeFree(path.join(file, "..", "none", "copy.age"))).toThrow("none is not there. Run: mkdir");
  expect(fs.readFileSync(file, "utf8")).toBe("theirs");
  expect(fs.readdirSync(here)).toEqual(["copy.age"]);
});

test("a folder that is not there is told in plain words", async () => {
  await expect(writeWhole("/nowhere/copy.age", Readable.from(["x"]))).rejects.toThrow("cannot be written (ENOENT)");
});

test("nothing is written through a link that somebody laid in its way", async () => {
  const here = folder();
  const file = path.join(here, "copy.age");
  const others = path.join(here, "others");
  fs.writeFileSync(others, "another's");
  fs.symlinkSync(others, `${file}.${process.pid}.part`);
  await expect(writeWhole(file, Readable.from(["x"]))).rejects.toThrow("cannot be written (EEXIST)");
  expect(fs.readFileSync(others, "utf8")).toBe("another's");
  expect(fs.existsSync(file)).toBe(false);
});
