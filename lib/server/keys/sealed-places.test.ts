import { randomBytes, randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { type Sealed, seal, sealBytes, unseal, unsealBytes } from "#lib/kernel/sealed.ts";
import { copyOf, withKey } from "#lib/testing/key-holders.ts";
import { newWorld, type World } from "#lib/testing/new-world.ts";
import { countByKey, sealAnew } from "./seal-anew.ts";
import { plainBytes, type SealedPlace, sealedPlaces } from "./sealed-places.ts";

const nameOf = ({ table, column }: Pick<SealedPlace, "table" | "column">) => `${table}.${column}`;

test("every column that holds something sealed is on the list, with its table's own key, and nothing else is", async () => {
  const { owner } = await newWorld();
  const { rows: columns } = await owner.query<{ table: string; column: string }>(
    `select table_name as "table", column_name as "column" from information_schema.columns
      where table_schema = 'public' and (column_name like '%\\_sealed' or data_type = 'bytea')`,
  );
  expect(columns.map(nameOf).sort()).toEqual([...sealedPlaces.map(nameOf), ...plainBytes].sort());

  const { rows: keys } = await owner.query<{ table: string; key: string[] }>(
    `select c.relname as "table", array_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod) order by k.at) as key
      from pg_index i join pg_class c on c.oid = i.indrelid, unnest(i.indkey) with ordinality as k (number, at),
        pg_attribute a where i.indisprimary and a.attrelid = c.oid and a.attnum = k.number group by c.relname`,
  );
  for (const place of sealedPlaces)
    expect(
      place.key.map((part) => part.join(" ")),
      nameOf(place),
    ).toEqual(keys.find(({ table }) => table === place.table)?.key);
});

/** A row with a value in this place alone, whatever else its table asks for. */
async function rowIn({ owner, ctx }: World, place: SealedPlace): Promise<{ purpose: string; owner: string }> {
  const { rows: columns } = await owner.query<{ name: string; type: string }>(
    `select column_name as name, case when data_type = 'ARRAY' then 'array' else udt_name end as type from information_schema.columns
      where table_schema = 'public' and table_name = $1 and column_name <> $2 and is_generated = 'NEVER' and is_identity = 'NO'
        and (is_nullable = 'NO' and column_default is null or column_name = 'new_account_id')`,
    [place.table, place.column],
  );
  const examples: Record<string, unknown> = {
    int2: 1,
    int4: 1,
    int8: 1,
    bool: false,
    jsonb: "{}",
    date: "2026-11-20",
    array: "{}",
  };
  const values = Object.fromEntries(
    columns.map(({ name, type }): [string, unknown] => [
      name,
      type === "uuid"
        ? randomUUID()
        : type === "timestamptz"
          ? "2026-11-20"
          : type === "bytea"
            ? Buffer.from("x")
            : (examples[type] ?? (name.endsWith("_sealed") ? "" : `x${randomBytes(4).toString("hex")}`)),
    ]),
  );
  const names = Object.keys(values);
  const quoted = [...names, place.column].map((name) => `"${name}"`).join();
  const empty = place.isBytes ? Buffer.alloc(0) : "";
  const { rows } = await owner.query<{ owner: string; purpose: string; row: Record<string, unknown> }>(
    `insert into ${place.table} as t (${quoted}) values (${[...names, ""].map((_, i) => `$${i + 1}`).join()})
      returning (${place.owner})::text as owner, to_jsonb(t) as row`,
    [...Object.values(values), empty],
  );
  const [made] = rows;
  if (!made) throw new Error("no row");
  const purpose = place.purpose.replace(/\{(.*)\}/, (_, column: string) => String(made.row[column]));
  const sealed = place.isBytes
    ? sealBytes(ctx.keys.sealing, ctx.random, Buffer.from(nameOf(place)), purpose, made.owner)
    : seal(ctx.keys.sealing, ctx.random, nameOf(place), purpose, made.owner);
  await owner.query(`update ${place.table} set ${place.column} = $1 where ${place.column} = $2`, [sealed, empty]);
  return { purpose, owner: made.owner };
}

const valueIn = async ({ owner }: World, { table, column }: SealedPlace) =>
  (
    await owner.query<{ value: string | Buffer }>(
      `select ${column} as value from ${table} where ${column} is not null and ${column} <> ''`,
    )
  ).rows[0]?.value;

test.each(sealedPlaces.map((place) => [nameOf(place), place] as const))(
  "%s is sealed anew, and opens with the new key alone",
  async (_, place) => {
    const world = await newWorld();
    // What its columns refer to need not be there for this.
    await world.owner.query("set session_replication_role = replica");
    const bound = await rowIn(world, place).finally(() => world.owner.query("set session_replication_role = origin"));
    const keys = withKey(world.ctx.keys, "sealing", "k2");
    expect(await sealAnew({ ...world.ctx, keys }, () => true)).toEqual({
      resealed: 1,
      complete: true,
      unreadable: [],
    });
    const alone = copyOf(keys).sealing;
    alone.keys = { k2: alone.keys.k2 as Buffer };
    const value = await valueIn(world, place);
    const opened = Buffer.isBuffer(value)
      ? unsealBytes(alone, value, bound.purpose, bound.owner).toString()
      : unseal(alone, value as Sealed, bound.purpose, bound.owner);
    expect(opened).toBe(nameOf(place));
    expect(await countByKey(world.db)).toEqual(new Map([["k2", 1]]));
    expect(await sealAnew({ ...world.ctx, keys }, () => true), "once is enough").toEqual({
      resealed: 0,
      complete: true,
      unreadable: [],
    });
  },
);

test("a value that does not open is named and left as it is; the others are sealed anew, and its key stays needed", async () => {
  const world = await newWorld();
  const [broken, sound] = [await world.account(), await world.account()];
  const sealedOf = async ({ id }: { id: string }) => {
    const { rows } = await world.owner.query<{ sealed: string }>(
      "select identity_sealed as sealed from account where id = $1",
      [id],
    );
    return rows[0]?.sealed ?? "";
  };
  // Moved here from another row.
  await world.owner.query("update account set identity_sealed = $2 where id = $1", [broken.id, await sealedOf(sound)]);
  const before = await sealedOf(broken);
  const keys = withKey(world.ctx.keys, "sealing", "k2");
  expect(await sealAnew({ ...world.ctx, keys }, () => true)).toMatchObject({
    complete: false,
    unreadable: [`account.identity_sealed of ${broken.id}`],
  });
  expect(await sealedOf(broken)).toBe(before);
  expect(await sealedOf(sound)).toMatch(/^k2\./);
});
