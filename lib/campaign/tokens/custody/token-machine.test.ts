import { expect, test } from "vitest";
import { hardwareTokenStates } from "#db/schema/hardware-token.ts";
import { afterMove, possibleMoves, tokenMoves } from "./token-machine.ts";

const legal = [
  ["issued", "report_lost", "lost"],
  ["issued", "report_misuse", "misused"],
  ["issued", "revoke", "revoked"],
  ["issued", "retire", "retired"],
  ["issued", "return", "returned"],
  ["lost", "return", "returned"],
  ["misused", "return", "returned"],
  ["revoked", "report_lost", "lost"],
  ["revoked", "return", "returned"],
  ["retired", "report_lost", "lost"],
  ["retired", "return", "returned"],
] as const;

test("what is not among the legal moves cannot happen", () => {
  const made = hardwareTokenStates.flatMap((state) =>
    tokenMoves.flatMap((move) => {
      const to = afterMove(state, move);
      return to === null ? [] : [[state, move, to]];
    }),
  );
  expect(made.toSorted()).toEqual(legal.map((row) => [...row]).toSorted());
});

test("a token that came back moves no more, and every other one can come back", () => {
  expect(possibleMoves("returned")).toEqual([]);
  for (const state of hardwareTokenStates.filter((each) => each !== "returned"))
    expect(possibleMoves(state)).toContain("return");
});
