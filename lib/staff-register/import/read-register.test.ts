import { describe, expect, test } from "vitest";
import { staffImportChunk, staffImportRow } from "#db/schema/staff-register.ts";
import { seconds } from "#lib/kernel/time.ts";
import { fixtureIdentity } from "#lib/testing/identities.ts";
import { newWorld } from "#lib/testing/new-world.ts";
import { everything, importOf, rowsOf } from "#lib/testing/staff-imports.ts";
import { asOperator, staffFile, staffLine, TITLES, uploaded, workbook } from "#lib/testing/staff-register.ts";
import { mapColumns } from "./decide-import.ts";
import { readRegister } from "./read-register.ts";
import { badRows } from "./view-import.ts";

describe("the preview", () => {
  test("says of each row what it would do, and does nothing", async () => {
    const world = await newWorld();
    const [same, other] = [await world.account({ status: "pre_registered" }), await world.account()];
    const before = await everything(world);
    await uploaded(
      asOperator(world.ctx),
      staffFile(
        staffLine(10),
        staffLine(11, { name: "" }),
        staffLine(12, { identity: "900101" }),
        staffLine(10, { email: "lain@contoh.example.gov.my" }),
        staffLine(13, { email: "staf10@contoh.example.gov.my" }),
        staffLine(14, { email: other.officialEmail }),
        staffLine(0, {
          identity: same.identity.type === "mykad" ? same.identity.number : "",
          name: same.fullName,
          email: same.officialEmail,
        }),
        staffLine(15, { leaves: "2026-11-01" }),
        staffLine(16, { leaves: "2026-12-31" }),
        "",
        staffLine(17, { code: "9999" }),
      ),
    );
    expect(await rowsOf(world)).toEqual([
      "2 new",
      "3 bad name_missing",
      "4 bad mykad_length",
      "5 bad duplicate_identity",
      "6 bad duplicate_email",
      "7 bad email_taken",
      "8 changed",
      "9 left",
      "10 new",
      "12 bad office_unknown",
    ]);
    expect(await importOf(world)).toMatchObject({
      state: "ready",
      rowsRead: 10,
      counts: { new: 2, changed: 1, same: 0, ending: 0, left: 1, bad: 6, missing: 0 },
    });
    expect(await everything(world)).toEqual(before);
  });

  test("knows a person or a mailbox again that stands far before", async () => {
    const world = await newWorld();
    const file = staffFile(staffLine(10), staffLine(10), staffLine(11, { email: "staf10@contoh.example.gov.my" }));
    await uploaded(asOperator(world.ctx), file, { atOnce: 1 });
    expect(await rowsOf(world)).toEqual(["2 new", "3 bad duplicate_identity", "4 bad duplicate_email"]);
  });

  test("keeps no identity that can be read, in the file or its rows", async () => {
    const world = await newWorld();
    await uploaded(asOperator(world.ctx), staffFile(staffLine(10)));
    const { number } = fixtureIdentity(10);
    const { rows: kept } = await world.owner.query(
      "select (select string_agg(to_jsonb(r)::text, '') from staff_import_row r) || (select string_agg(to_jsonb(i)::text, '') from staff_import i) as text",
    );
    expect(kept[0].text).toContain(`${number.slice(0, 6)}-••-••••`);
    expect(kept[0].text).not.toContain(number);
    const chunks = await world.db.select().from(staffImportChunk);
    expect(chunks.some(({ body }) => body.includes(number))).toBe(false);
  });

  test("shows of bad rows what was typed, as far as anybody may see it", async () => {
    const world = await newWorld();
    const importId = await uploaded(
      asOperator(world.ctx),
      staffFile(
        staffLine(10, { identity: "900101149999999", name: "Nur & Contoh" }),
        staffLine(11, { name: fixtureIdentity(11).number }),
      ),
    );
    const { number } = fixtureIdentity(11);
    expect(await badRows(world.ctx, importId, 0, 10)).toEqual([
      { line: 2, identity: "900101••••••", name: "Nur & Contoh", reasons: ["mykad_length", "name_characters"] },
      {
        line: 3,
        identity: `${number.slice(0, 6)}-••-••••`,
        name: `${number.slice(0, 6)}••••••`,
        reasons: ["name_digits"],
      },
    ]);
  });

  test.each([
    ["half a character at the end of what is shown of a title", `${TITLES},${"x ".repeat(29)}x😀`, staffLine(10)],
    [
      "a NUL behind the beginning that tells how it is written",
      `${TITLES},${"x".repeat(64_000)}`,
      `${staffLine(10)},${"x".repeat(2_000)},a\u0000b`,
    ],
  ])("is made of a file with %s", async (_, titles, line) => {
    const world = await newWorld();
    await uploaded(asOperator(world.ctx), `${titles}\r\n${line}\r\n`);
    expect(await importOf(world)).toMatchObject({ state: "ready", counts: { new: 1, bad: 0 } });
  });

  test("of a file whose titles nobody knows asks which column holds what, and reads it by the answer", async () => {
    const world = await newWorld();
    const { number } = fixtureIdentity(10);
    const file = `Jabatan Contoh\r\n\r\nNo,Siapa,Pengenalan,Surat,Tempat\r\n1,Nur Contoh,${number},nur@contoh.example.gov.my,0101\r\n`;
    const operator = asOperator(world.ctx);
    const importId = await uploaded(operator, file);
    const asked = await importOf(world);
    expect(asked).toMatchObject({ state: "columns", layout: { titleLine: 3 } });
    expect(JSON.stringify(asked.layout)).not.toContain(number);

    const mapping = { identityNumber: 2, fullName: 1, officialEmail: 3, officeCode: 4 };
    const { officeCode, ...without } = mapping;
    expect(await mapColumns(operator, importId, without)).toMatchObject({ error: "column_office" });
    expect(await mapColumns(operator, importId, { ...mapping, officeName: 4 })).toMatchObject({
      error: "column_twice",
    });
    expect(await mapColumns(operator, importId, { ...mapping, officeCode: 99 })).toMatchObject({ ok: false });
    expect(await mapColumns(operator, importId, mapping)).toMatchObject({ ok: true });
    await readRegister(world.asSystem(), importId);
    expect(await rowsOf(world)).toEqual(["4 new"]);
    expect((await importOf(world)).counts).toMatchObject({ new: 1 });
  });

  test("a workbook is read alike", async () => {
    const world = await newWorld();
    await uploaded(
      asOperator(world.ctx),
      workbook([
        ["DAFTAR KAKITANGAN"],
        ["No. Kad Pengenalan", "Nama", "E-mel Rasmi", "Pejabat", "Tarikh Bersara"],
        [10101140000, "Nur Contoh", "nur@contoh.example.gov.my", "0101 Ibu Pejabat", 46386],
      ]),
    );
    expect(await world.db.select().from(staffImportRow)).toMatchObject([
      { line: 3, kind: "new", leavesOn: "2026-12-30", identityShown: "010101-••-••••" },
    ]);
  });

  test("of a file that cannot be read says why, and keeps nothing of it", async () => {
    const world = await newWorld();
    await uploaded(asOperator(world.ctx), Buffer.from("d0cf11e0a1b11ae100", "hex"));
    expect(await importOf(world)).toMatchObject({ state: "refused", refusal: "file_protected" });
    world.moveClock(seconds(1));
    await uploaded(asOperator(world.ctx), "No. KP,Nama\r\n");
    expect(await importOf(world)).toMatchObject({ state: "refused", refusal: "file_no_rows" });
    expect(await world.db.select().from(staffImportChunk)).toEqual([]);
  });
});
