import { spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import fs from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { expect, onTestFinished, test } from "vitest";
import { office } from "#db/schema/office.ts";
import { copyOf } from "#lib/testing/backup.ts";
import { newWorld, type World } from "#lib/testing/new-world.ts";
import { joinKeys } from "../keys/join-keys.ts";
import { prepareDatabase } from "../start/prepare-database.ts";
import { openArchive, readIdentities, readRecipients } from "./archive/envelope.ts";
import { TAR_END, tarFile } from "./archive/write-tar.ts";
import { sha256 } from "./manifest.ts";
import { type CopyReader, readBackup } from "./read-backup.ts";
import { PIECE, takeBackup } from "./take-backup.ts";

const anInstance = (world: World) => ({ id: "one", startedAt: world.now(), works: true });

const nothing: CopyReader = { begin: async () => undefined, piece: async () => undefined };

const read = async ({ file, identity }: { file: Buffer; identity: string }, keys: Parameters<typeof readBackup>[1]) =>
  readBackup(await openArchive(Readable.from([file], { objectMode: false }), readIdentities(identity)), keys, nothing);

async function folder(): Promise<string> {
  const made = await fs.mkdtemp(path.join(os.tmpdir(), "kunci-backup-"));
  onTestFinished(() => fs.rm(made, { recursive: true }));
  return made;
}

test("what is written while a copy is taken is in it whole or not at all", async () => {
  const world = await newWorld();
  await world.account();
  const settled: string[] = [];
  const archive = takeBackup(
    { databaseUrl: world.appUrl, release: "0", keys: world.ctx.keys, now: world.now },
    ({ manifest }) => settled.push(...Object.entries(manifest.contents).map(([name, { rows }]) => `${name} ${rows}`)),
  );
  // The first file tells what was seen: from there the moment stands still.
  await archive.next();
  await world.account();
  await world.db.insert(office).values({ id: randomUUID(), code: "0199", name: "Cawangan Baharu" });
  for await (const _ of archive);
  expect(settled).toContain("account 1");
  expect(settled).toContain("office 1");
});

test("an instance begins, and migrates, while a copy is taken", async () => {
  const world = await newWorld();
  const archive = takeBackup({ databaseUrl: world.appUrl, release: "0", keys: null, now: world.now }, () => undefined);
  await archive.next();
  await prepareDatabase(world.ownerUrl, null);
  for await (const _ of archive);
});

test("a table cannot be changed under a copy that has not read it yet", async () => {
  const world = await newWorld();
  const archive = takeBackup({ databaseUrl: world.appUrl, release: "0", keys: null, now: world.now }, () => undefined);
  await archive.next();
  const changing = world.owner.query(
    "begin; set local lock_timeout = '50ms'; alter table webhook_event add column x int; rollback",
  );
  await expect(changing).rejects.toMatchObject({ code: "55P03" });
  await world.owner.query("rollback");
  await archive.return(undefined);
});

test("a copy says what is in it, whose it is, and nothing of the keys", async () => {
  const world = await newWorld();
  await joinKeys(world.db, world.ctx.keys, anInstance(world), world.now());
  const copy = await copyOf(world);
  expect(await read(copy, world.ctx.keys)).toEqual({
    beginning: copy.beginning,
    manifest: copy.manifest,
    origin: "proven",
  });
  expect((await read(copy, null)).origin).toBe("not_looked_at");
  expect((await read(await copyOf(world, { keys: null }), world.ctx.keys)).origin).toBe("unsigned");
  expect(copy.beginning.keys).toHaveLength(5);
  const opened = await openArchive(Readable.from([copy.file], { objectMode: false }), readIdentities(copy.identity));
  const plain = Buffer.concat(await Readable.from(opened).toArray());
  for (const { keys } of Object.values(world.ctx.keys))
    for (const key of Object.values(keys))
      for (const form of ["base64url", "base64", "hex"] as const)
        expect(plain.includes(key.toString(form))).toBe(false);
});

test("with other keys than the database was written with no copy is taken", async () => {
  const world = await newWorld();
  await joinKeys(world.db, world.ctx.keys, anInstance(world), world.now());
  const { ctx } = await newWorldsKeys(world);
  await expect(copyOf(world, { keys: ctx })).rejects.toThrow('The sealing key "test" is not the one');
});

const newWorldsKeys = async ({ ctx }: { ctx: { keys: Parameters<typeof readBackup>[1] & object } }) => ({
  ctx: { ...ctx.keys, sealing: { current: "test", keys: { test: Buffer.alloc(32, 7) } } },
});

test("a copy that somebody else made, to the same public key, is not taken for the portal's", async () => {
  const world = await newWorld();
  const copy = await copyOf(world, {
    keys: { ...world.ctx.keys, audit: { current: "test", keys: { test: Buffer.alloc(32, 7) } } },
  });
  await expect(read(copy, world.ctx.keys)).rejects.toThrow("not taken by this portal");
});

test("a copy that was cut off anywhere, or of which a byte was altered anywhere, is refused", async () => {
  const world = await newWorld();
  await world.account();
  const copy = await copyOf(world);
  const { length } = copy.file;
  for (const at of [length - 1, length - 17, Math.floor(length / 2), 400, 0]) {
    await expect(read({ ...copy, file: copy.file.subarray(0, at) }, null), `cut off at ${at}`).rejects.toThrow(
      /cut off|no copy/,
    );
    const altered = Buffer.from(copy.file);
    altered[at] = (altered[at] ?? 0) ^ 1;
    await expect(read({ ...copy, file: altered }, null), `altered at ${at}`).rejects.toThrow(/altered|no copy/);
  }
  await expect(read({ ...copy, file: Buffer.concat([copy.file, Buffer.from("x")]) }, null)).rejects.toThrow("altered");
});

test("rows that are not those of the manifest are refused, though whoever changed them could encrypt", async () => {
  const world = await newWorld();
  await world.account({ fullName: "Siti binti Contoh" });
  const copy = await copyOf(world);
  const opened = await openArchive(Readable.from([copy.file], { objectMode: false }), readIdentities(copy.identity));
  const plain = Buffer.concat(await Readable.from(opened).toArray());
  const changed = Buffer.from(plain.toString("latin1").replace("Siti binti Contoh", "Siti binti Cuntoh"), "latin1");
  const takenOut = Buffer.from(plain.toString("latin1").replace("tables/account/", "tables/accoutn/"), "latin1");
  expect((await readBackup(Readable.from([plain]), world.ctx.keys, nothing)).origin).toBe("proven");
  for (const other of [changed, takenOut])
    await expect(readBackup(Readable.from([other]), null, nothing)).rejects.toThrow("altered");
});

test("a copy that nobody signed and that says it was is refused, whatever keys are at hand", async () => {
  const world = await newWorld();
  const said = { databaseUrl: world.appUrl, release: "0", keys: world.ctx.keys, now: world.now };
  const signed = takeBackup(said, () => undefined);
  const [first] = [(await signed.next()).value as Buffer, await signed.return(undefined)];
  const unsigned = (await Readable.from(takeBackup({ ...said, keys: null }, () => undefined)).toArray()) as Buffer[];
  const manifest = JSON.parse(contentOf(unsigned.at(-2) ?? Buffer.alloc(0)));
  const forged = { ...JSON.parse(manifest.manifest), beginning: sha256(Buffer.from(contentOf(first))) };
  const last = Buffer.from(JSON.stringify({ manifest: JSON.stringify(forged), by: null }));
  const archive = [first, ...unsigned.slice(1, -2), tarFile("manifest.json", last, world.now()), TAR_END];
  for (const keys of [world.ctx.keys, null])
    await expect(readBackup(Readable.from([Buffer.concat(archive)]), keys, nothing)).rejects.toThrow("altered");
});

test("a copy that goes on behind its manifest is refused", async () => {
  const world = await newWorld();
  const wanted = { databaseUrl: world.appUrl, release: "0", keys: world.ctx.keys, now: world.now };
  const files = (await Readable.from(takeBackup(wanted, () => undefined)).toArray()) as Buffer[];
  const more = tarFile("tables/office/000002", Buffer.from("more"), world.now());
  const archive = [...files.slice(0, -1), more, TAR_END];
  await expect(readBackup(Readable.from([Buffer.concat(archive)]), null, nothing)).rejects.toThrow("altered");
});

/** Of a file of an archive: behind its head of 512 bytes, without what fills it up. */
const contentOf = (file: Buffer): string => file.subarray(512).toString("utf8").replace(/\0+$/, "");

test("an identity that the copy is not for is told so", async () => {
  const world = await newWorld();
  const [mine, other] = [await copyOf(world), await copyOf(world)];
  await expect(read({ ...mine, identity: other.identity }, null)).rejects.toThrow("not for this identity");
});

test("a table larger than a piece comes in several, none larger than that", async () => {
  const world = await newWorld();
  const { id } = await world.account();
  await world.owner.query(
    `insert into data_export (id, account_id, requested_at, body) select gen_random_uuid(), $1, now(), decode(repeat('ab', $2), 'hex') from generate_series(1, 3)`,
    [id, PIECE],
  );
  const sizes: number[] = [];
  const copy = await copyOf(world);
  const archive = await openArchive(Readable.from([copy.file], { objectMode: false }), readIdentities(copy.identity));
  await readBackup(archive, null, {
    ...nothing,
    piece: async (content, bytes) => void (content === "data_export" && sizes.push(bytes.length)),
  });
  expect(sizes.length).toBeGreaterThan(6);
  expect(Math.max(...sizes)).toBe(PIECE);
  expect(copy.manifest.contents.data_export?.rows).toBe(3);
});

test.each([
  ["age1xyz", "is no public key"],
  ["", "is no public key"],
  ["AGE-SECRET-KEY-1QQQ", "belongs elsewhere"],
])("%j is nobody a copy could be for", (to, why) => {
  expect(() => readRecipients(to)).toThrow(why);
});

test("a file without an identity opens nothing", () => {
  expect(() => readIdentities("# public key: age1\n")).toThrow("holds no identity");
  expect(() => readIdentities("ssh-ed25519 AAAA")).toThrow("no identity of age");
});

const hasAge = !spawnSync("age", ["--version"]).error && !spawnSync("tar", ["--version"]).error;

// Debian: age. Where it is missing the copy is opened by the library alone.
test.skipIf(!hasAge)("age and tar open a copy, and COPY's own words stand in it", async () => {
  const world = await newWorld();
  const account = await world.account();
  const { file, identity } = await copyOf(world);
  const here = await folder();
  await fs.writeFile(path.join(here, "copy"), file);
  await fs.writeFile(path.join(here, "identity"), `${identity}\n`);
  const opened = spawnSync("sh", ["-c", "age -d -i identity copy | tar xz"], { cwd: here });
  expect(opened.stderr.toString()).toBe("");
  const rows = await fs.readFile(path.join(here, "tables/account/000001"), "utf8");
  expect(rows.split("\n").map((line) => line.split("\t")[0])).toEqual([account.id, ""]);
});
