import { expect, test } from "vitest";
import { stopInOrder } from "./stop-in-order.ts";

test("what began last ends first, each once, whatever fails on the way", async () => {
  const ended: string[] = [];
  const begun = stopInOrder();
  for (const what of ["database", "application", "server"])
    begun.add(async () => {
      ended.push(what);
      if (what === "application") throw new Error("did not close");
    });
  await Promise.all([begun.undo(), begun.undo()]);
  expect(ended).toEqual(["server", "application", "database"]);
});

test("what a start adds while it is being ended is ended too", async () => {
  const ended: string[] = [];
  const begun = stopInOrder();
  begun.add(async () => {
    begun.add(() => ended.push("late"));
    ended.push("first");
  });
  await begun.undo();
  expect(ended).toEqual(["first", "late"]);
});
