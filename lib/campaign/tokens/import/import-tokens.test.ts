import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { account as accounts } from "#db/schema/account.ts";
import { hardwareToken, hardwareTokenEvent, hardwareTokenImport } from "#db/schema/hardware-token.ts";
import { roleGrant } from "#db/schema/roles.ts";
import type { Context } from "#lib/kernel/context.ts";
import { minutes } from "#lib/kernel/time.ts";
import { addToken } from "#lib/testing/hardware-token.ts";
import { newWorld, type World } from "#lib/testing/new-world.ts";
import { applyTokens, discardTokens } from "./decide-token-import.ts";
import { LARGEST_TOKEN_FILE, uploadTokens } from "./upload-tokens.ts";
import { listTokenImports, rowsOfImport, viewTokenImport } from "./view-token-import.ts";

const file = (text: string | Buffer): AsyncIterable<Buffer> =>
  (async function* () {
    yield Buffer.from(text);
  })();

async function upload(
  ctx: Context,
  lines: readonly string[],
  titles = "No. Siri,Jenis,No. KP,Emel,Tarikh",
): Promise<string> {
  const kept = await uploadTokens(ctx, "token.csv", file([titles, ...lines].join("\n")));
  if (!kept.ok) throw new Error(`Refused: ${kept.error}`);
  return kept.value;
}

const badOf = async (ctx: Context, id: string) =>
  (await rowsOfImport(ctx, id, 10)).bad.map(({ line, reasons }) => `${line} ${reasons.join(" ")}`);

async function atWork() {
  const world = await newWorld();
  const { ctx } = await world.officer("administrator");
  const ada = await world.account();
  return { world, ctx, ada };
}
const tokens = (world: World) => world.db.select().from(hardwareToken).orderBy(hardwareToken.serial);

describe("a file of tokens", () => {
  test("is looked at first, and registers nothing until it is applied; then each with its custody, once", async () => {
    const { world, ctx, ada } = await atWork();
    const ben = await world.account();
    const id = await upload(ctx, [
      `gpki 0001,Token USB,${ada.identity.number},,20/11/2025`,
      `GPKI-0002,Kad pintar,,${ben.officialEmail.toUpperCase()},`,
    ]);
    expect(await tokens(world)).toEqual([]);
    expect(await viewTokenImport(ctx, id)).toMatchObject({ state: "ready", counts: { new: 2, same: 0, bad: 0 } });
    expect((await rowsOfImport(ctx, id, 10)).samples).toMatchObject([
      { holder: ada.fullName },
      { holder: ben.fullName },
    ]);
    const answers = await Promise.all(Array.from({ length: 5 }, () => applyTokens(ctx, id)));
    expect(answers.filter(({ ok }) => ok)).toEqual([{ ok: true, value: { added: 2, missed: 0 } }]);
    expect(await tokens(world)).toMatchObject([
      { serial: "GPKI-0002", medium: "smart_card", holderId: ben.id, issuedOn: null, state: "issued" },
      { serial: "GPKI0001", medium: "usb_token", holderId: ada.id, issuedOn: "2025-11-20", state: "issued" },
    ]);
    expect(await world.db.select().from(hardwareTokenEvent)).toHaveLength(2);
    expect((await world.events("hardware_token.issued")).map(({ accountId }) => accountId).toSorted()).toEqual(
      [ada.id, ben.id].toSorted(),
    );
  });

  test("may come again: what is registered already is left as it is", async () => {
    const { world, ctx, ada } = await atWork();
    await addToken(world.ctx, { serial: "GPKI-0001", holderId: ada.id, state: "lost" });
    const id = await upload(ctx, [`GPKI-0001,,${ada.identity.number},,`, `GPKI-0002,,${ada.identity.number},,`]);
    expect(await viewTokenImport(ctx, id)).toMatchObject({ counts: { new: 1, same: 1, bad: 0 } });
    expect(await applyTokens(ctx, id)).toEqual({ ok: true, value: { added: 1, missed: 0 } });
    expect(await tokens(world)).toMatchObject([{ state: "lost" }, { serial: "GPKI-0002", state: "issued" }]);
  });

  test("says of every line that cannot be used what is wrong with it, and takes the others", async () => {
    const { world, ctx, ada } = await atWork();
    const [ben, gone] = [await world.account(), await world.account({ status: "closed" })];
    await addToken(world.ctx, { serial: "HELD-01", holderId: ben.id });
    await addToken(world.ctx, { serial: "BACK-01", holderId: ada.id, state: "returned" });
    const { number } = ada.identity;
    const id = await upload(ctx, [
      `TWICE-1,,${number},,`,
      `,,${number},,`,
      `=HYPERLINK(1),,${number},,`,
      `1.2E+11,,${number},,`,
      "NOBODY-1,,,,",
      "UNKNOWN-1,,900101010000,,",
      `CLOSED-1,,${gone.identity.number},,`,
      `DIFFERS-1,,${number},${ben.officialEmail},`,
      `HELD-01,,${number},,`,
      `BACK-01,,${number},,`,
      `DAY-1,,${number},,31/02/2025`,
      `DAY-2,,${number},,31/12/2099`,
      `KIND-1,gelang,${number},,`,
      `TWICE-1,,${ben.identity.number},,`,
      "MAIL-1,,,bukan emel,",
      `GOOD-01,,${number},,`,
    ]);
    expect(await badOf(ctx, id)).toEqual([
      "2 serial_twice",
      "3 serial_missing",
      "4 serial_characters",
      "5 serial_shortened",
      "6 holder_missing",
      "7 holder_unknown",
      "8 holder_closed",
      "9 holder_differs",
      "10 serial_held",
      "11 serial_returned",
      "12 date_unreadable",
      "13 day_to_come",
      "14 medium_unknown",
      "15 serial_twice",
      "16 email_unreadable",
    ]);
    expect(
      (await rowsOfImport(ctx, id, 10)).bad.filter(({ other }) => other).map(({ line, other }) => [line, other]),
    ).toEqual([
      [2, 15],
      [15, 2],
    ]);
    expect(await applyTokens(ctx, id)).toEqual({ ok: true, value: { added: 1, missed: 0 } });
  });

  test("registers nobody's identity number as a serial, where columns were taken for each other", async () => {
    const { world, ctx, ada } = await atWork();
    const ben = await world.account();
    const { number } = ada.identity;
    const dashed = `${number.slice(0, 6)}-${number.slice(6, 8)}-${number.slice(8)}`;
    const id = await upload(ctx, [
      `${number},,${number},,`,
      `${dashed},,,${ben.officialEmail},`,
      `991231140000,,${number},,`,
    ]);
    expect(await badOf(ctx, id)).toEqual(["2 serial_identity", "3 serial_identity"]);
    expect(JSON.stringify(await rowsOfImport(ctx, id, 10))).not.toMatch(new RegExp(`${number}|${dashed}`));
    expect(await applyTokens(ctx, id)).toEqual({ ok: true, value: { added: 1, missed: 0 } });
    expect(JSON.stringify([await tokens(world), await world.events()])).not.toContain(number);
  });

  test("keeps no identity readable, neither in the database nor where lines are shown", async () => {
    const { world, ctx, ada } = await atWork();
    const { number } = ada.identity;
    const id = await upload(ctx, [`X,,${number},,`, `${number},gelang,${number},,`]);
    const [row] = await world.db.select().from(hardwareTokenImport);
    expect(JSON.stringify(row)).not.toContain(number);
    expect(JSON.stringify((await rowsOfImport(ctx, id, 10)).bad.map(({ typed }) => typed))).not.toContain(number);
  });

  test("passes over what has changed since it was judged, and says how many", async () => {
    const { world, ctx, ada } = await atWork();
    const gone = await world.account();
    const id = await upload(ctx, [
      `GPKI-0001,,${ada.identity.number},,`,
      `GPKI-0002,,${gone.identity.number},,`,
      `GPKI-0003,,${ada.identity.number},,`,
    ]);
    await addToken(world.ctx, { serial: "GPKI-0001", holderId: gone.id });
    await world.db.update(accounts).set({ status: "closed" }).where(eq(accounts.id, gone.id));
    expect(await applyTokens(ctx, id)).toEqual({ ok: true, value: { added: 1, missed: 2 } });
    expect(await viewTokenImport(ctx, id)).toMatchObject({ state: "applied", counts: { missed: 2 } });
  });

  test("in parts at the same moment registers each serial once", async () => {
    const { world, ctx, ada } = await atWork();
    const ben = await world.account();
    const ids = [
      await upload(ctx, [`GPKI-1,,${ada.identity.number},,`]),
      await upload(ctx, [`GPKI-1,,${ben.identity.number},,`]),
    ];
    const answers = await Promise.all(ids.map((id) => applyTokens(ctx, id)));
    expect(answers.map((each) => each.ok && each.value.added).toSorted()).toEqual([0, 1]);
    expect(await tokens(world)).toHaveLength(1);
  });

  test("is applied or thrown away once of many at the same moment, and never both", async () => {
    const { ctx, ada } = await atWork();
    const id = await upload(ctx, [`GPKI-1,,${ada.identity.number},,`]);
    const answers = await Promise.all([
      ...Array.from({ length: 3 }, () => applyTokens(ctx, id)),
      ...Array.from({ length: 3 }, () => discardTokens(ctx, id)),
    ]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.filter((each) => !each.ok && each.error === "moved_meanwhile")).toHaveLength(5);
  });

  test("is kept of nobody who lost the right while it came", async () => {
    const { world, ctx, ada } = await atWork();
    const slow = (async function* () {
      yield Buffer.from(`No. Siri,No. KP\nGPKI-1,${ada.identity.number}`);
      await world.db.delete(roleGrant);
    })();
    expect(await uploadTokens(ctx, "token.csv", slow)).toEqual({ ok: false, error: "not_found" });
    expect(await world.db.select().from(hardwareTokenImport)).toEqual([]);
  });

  test("is an administrator's alone, and applying it takes a fresh proof", async () => {
    const { world, ctx, ada } = await atWork();
    const body = `No. Siri,No. KP\nGPKI-1,${ada.identity.number}`;
    const ap = await world.officer("ap");
    expect(await uploadTokens(ap.ctx, "token.csv", file(body))).toEqual({ ok: false, error: "not_found" });
    expect(await uploadTokens(world.ctx, "token.csv", file(body))).toEqual({ ok: false, error: "signed_out" });
    const id = await upload(ctx, [`GPKI-1,,${ada.identity.number},,`]);
    expect(await applyTokens(ap.ctx, id)).toEqual({ ok: false, error: "not_found" });
    expect(await discardTokens(ap.ctx, id)).toEqual({ ok: false, error: "not_found" });
    world.moveClock(minutes(11));
    expect(await applyTokens(ctx, id)).toEqual({ ok: false, error: "step_up" });
    expect(await tokens(world)).toEqual([]);
  });

  test("that was thrown away is gone, and cannot be applied", async () => {
    const { world, ctx, ada } = await atWork();
    const id = await upload(ctx, [`GPKI-1,,${ada.identity.number},,`]);
    expect(await discardTokens(ctx, id)).toEqual({ ok: true, value: null });
    expect(await applyTokens(ctx, id)).toEqual({ ok: false, error: "moved_meanwhile" });
    expect(await world.db.select().from(hardwareTokenImport)).toMatchObject([{ rowsSealed: "", state: "discarded" }]);
    expect(await rowsOfImport(ctx, id, 10)).toEqual({ bad: [], samples: [] });
    expect(await listTokenImports(ctx)).toMatchObject([{ id, state: "discarded" }]);
  });

  test.each([
    ["nothing", "", "file_empty"],
    ["a picture", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3]), "file_kind"],
    ["titles alone", "No. Siri,No. KP\n", "file_no_rows"],
    ["no titles that are known", "a,b\nGPKI-1,900101010000\n", "columns_unknown"],
    ["more lines than may be", `No. Siri,No. KP\n${"A,1\n".repeat(20_001)}`, "too_many_tokens"],
    ["too many bytes", Buffer.alloc(LARGEST_TOKEN_FILE + 1, "a"), "file_too_large"],
  ] as const)("with %s in it is refused whole", async (_, body, error) => {
    const { world, ctx } = await atWork();
    expect(await uploadTokens(ctx, "token.csv", file(body))).toEqual({ ok: false, error });
    expect(await world.db.select().from(hardwareTokenImport)).toEqual([]);
  });

  test("of twenty thousand tokens is judged and registered in one go", async () => {
    const { world, ctx, ada } = await atWork();
    const lines = Array.from(
      { length: 20_000 },
      (_, n) => `GPKI-${String(n).padStart(6, "0")},,,${ada.officialEmail},`,
    );
    const id = await upload(ctx, lines);
    expect(await applyTokens(ctx, id)).toEqual({ ok: true, value: { added: 20_000, missed: 0 } });
    const { rows } = await world.owner.query("select count(*)::int as n from hardware_token_event");
    expect(rows).toEqual([{ n: 20_000 }]);
  });
});
