import { createRequire } from "node:module";
import { describe, expect, test } from "vitest";
import { ACTION, BARE_ACTION, FORM_ACTION, hidden } from "#lib/testing/front-at-work.ts";
import { type ActionCheck, checkFetchAction, checkPlainAction } from "./check-action.ts";
import type { Field } from "./parse-multipart.ts";

const fields = (pairs: readonly (readonly [string, string])[]): Field[] =>
  pairs.map(([name, value]) => ({ name, value }));
const yes = () => true;
const person = [["identityNumber", "900101-14-0000"]] as const;

/** React's own encoder, as it runs in the browser: what it writes must pass, whatever the state is like. */
const { encodeReply } = createRequire(import.meta.url)(
  "next/dist/compiled/react-server-dom-turbopack/client.node.js",
) as {
  encodeReply: (value: unknown) => Promise<string | FormData>;
};

async function encoded(args: unknown[]): Promise<Field[]> {
  const body = await encodeReply(args);
  return typeof body === "string"
    ? fields([["0", body]])
    : fields([...body].map(([name, value]) => [name, String(value)]));
}

const twice = { code: "taken", at: new Date(0) };
const states: [string, unknown][] = [
  ["none", null],
  ["nothing at all", undefined],
  [
    "errors and what was typed, dollars included",
    { errors: { officialEmail: "taken" }, values: { fullName: "$ binti Contoh", reason: "$K1" } },
  ],
  ["one object in several places", { errors: [twice, twice], first: twice }],
  [
    "every plain value there is",
    { a: [undefined, Number.NaN, Number.POSITIVE_INFINITY, -0, 12n, "$", "$$1", true, ""] },
  ],
];

describe("a form of a page with JavaScript", () => {
  test.each(states)("passes as React writes it, its state being %s", async (_, state) => {
    const data = new FormData();
    for (const [name, value] of [...hidden(), ...person]) data.append(name, value);
    expect(checkFetchAction(ACTION, await encoded([state, data]), yes)).toBe("ok");
  });

  test("passes where the action takes the form alone, or nothing", async () => {
    expect(checkFetchAction(FORM_ACTION, await encoded([new FormData()]), yes)).toBe("ok");
    expect(checkFetchAction(BARE_ACTION, await encoded([]), yes)).toBe("ok");
  });

  const malformed: [string, readonly (readonly [string, string])[]][] = [
    ["nothing", []],
    ["no arguments", [["_1_a", "b"]]],
    ["arguments that are no list", [["0", "{}"]]],
    ["arguments that are no JSON", [["0", "["]]],
    ["a form that is none", [["0", '[null,"x"]']]],
    ["too few arguments, so that the form would be the state", [["0", '["$K1"]']]],
    ["too many, so that the state would be the form", [["0", '[null,null,"$K1"]']]],
    ["the form twice", [["0", '["$K1","$K1"]']]],
    [
      "fields of another form",
      [
        ["_2_a", "b"],
        ["0", '[null,"$K1"]'],
      ],
    ],
    [
      "rows of its own",
      [
        ["1", "{}"],
        ["0", '[null,"$K1"]'],
      ],
    ],
    [
      "fields after the arguments",
      [
        ["0", '[null,"$K1"]'],
        ["_1_a", "b"],
      ],
    ],
    ...[
      "$T",
      "$h1",
      "$@1",
      "$Q1",
      "$W1",
      "$i1",
      "$A1",
      "$B1",
      "$R1",
      "$1",
      "$0",
      "$0:0",
      "$0:9",
      "$0:__proto__",
      "$nx",
      "$Dx",
      "$F1",
      "$Z",
    ].map((value): [string, [string, string][]] => [`the state ${value}`, [["0", JSON.stringify([value, "$K1"])]]]),
    ["a state that names itself", [["0", '[{"a":"$0:0"},"$K1"]']]],
    ["a state without end", [["0", `[${"[".repeat(5_000)}${"]".repeat(5_000)},"$K1"]`]]],
  ];
  test.each(malformed)("is malformed with %s", (_, pairs) => {
    expect(checkFetchAction(ACTION, fields(pairs), yes)).toBe("malformed");
  });

  test("is malformed for an id that is none", async () => {
    for (const id of ["", "toString", "__proto__", ACTION.slice(1), ACTION.toUpperCase()])
      expect(checkFetchAction(id, await encoded([null, new FormData()]), yes)).toBe("malformed");
  });
});

describe("a form of a page without JavaScript", () => {
  const form = (state: unknown, id?: string) => fields([...hidden(state, id), ...person]);

  test("passes with the state it goes on from", () => {
    expect(checkPlainAction(form(null), yes)).toBe("ok");
    expect(checkPlainAction(form({ errors: { officialEmail: "taken" }, same: "$1:0:errors" }), yes)).toBe("ok");
  });

  test("passes where the action takes the form alone", () => {
    expect(checkPlainAction(fields([[`$ACTION_ID_${FORM_ACTION}`, ""], ...person]), yes)).toBe("ok");
  });

  test("passes where the pressed button has an action of its own", () => {
    expect(checkPlainAction(fields([...hidden(), [`$ACTION_ID_${FORM_ACTION}`, ""], ...person]), yes)).toBe("ok");
  });

  test("of an earlier build is outdated, never malformed", () => {
    expect(checkPlainAction(form(null), (id) => id !== ACTION)).toBe("outdated");
  });

  const without = (name: string): Field[] => form(null).filter((field) => field.name !== name);
  const instead = (name: string, value: string): Field[] =>
    form(null).map((field) => (field.name === name ? { name, value } : field));
  const malformed: [string, Field[]][] = [
    ["no action", fields(person)],
    ["no description of its action", without("$ACTION_1:0")],
    ["no arguments", without("$ACTION_1:1")],
    ["its description twice", [...form(null), ...fields([["$ACTION_1:0", "{}"]])]],
    ["a row that belongs to nothing", [...form(null), ...fields([["$ACTION_1:2", "{}"]])]],
    ["a description that is none", instead("$ACTION_1:0", "{")],
    ["a description of something else", instead("$ACTION_1:0", JSON.stringify({ id: ACTION, bound: "$@2" }))],
    ["arguments that are no list", instead("$ACTION_1:1", "{}")],
    ["arguments that are no JSON", instead("$ACTION_1:1", "[")],
    ["arguments that name functions", instead("$ACTION_1:1", '["$h0"]')],
    ["too many arguments, so that the state would be the form", instead("$ACTION_1:1", "[null,null]")],
    ["too few, so that there would be no form", instead("$ACTION_1:1", "[]")],
    ["a key that is none", instead("$ACTION_KEY", "a\nb")],
    ["two keys", [...form(null), ...fields([["$ACTION_KEY", "k1"]])]],
    [
      "three actions",
      [
        ...form(null),
        ...fields([
          [`$ACTION_ID_${FORM_ACTION}`, ""],
          [`$ACTION_ID_${FORM_ACTION}`, ""],
        ]),
      ],
    ],
    ["an action that wants a state, called without", fields([[`$ACTION_ID_${ACTION}`, ""], ...person])],
    ["an action of the wrong name", fields([["$ACTION_ID_toString", ""], ...person])],
  ];
  test.each(malformed)("is malformed with %s", (_, of) => {
    expect(checkPlainAction(of, yes)).toBe("malformed" satisfies ActionCheck);
  });
});
