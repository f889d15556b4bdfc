import { expect, test } from "vitest";
import { messages } from "#lib/text/messages.ts";
import { ends, questions, wayTo } from "./questions.ts";

const places = [...Object.keys(questions), ...Object.keys(ends)];

test("every question and every end is reached from the first one, after three answers at most", () => {
  for (const place of places.filter((name) => name !== "start")) {
    const way = wayTo(place);
    expect(way?.[0], place).toBe("start");
    expect(way?.length, place).toBeLessThanOrEqual(3);
  }
});

test("a place that is not there has no way to it, whatever it is called", () => {
  for (const place of ["", "tiada", "toString", "__proto__", "constructor"]) expect(wayTo(place), place).toBeNull();
});

test("every answer that has words is offered", () => {
  for (const [name, { choices }] of Object.entries(messages.ms.guide.aid.ask))
    expect(Object.keys(choices), name).toEqual([...questions[name as keyof typeof questions]]);
});
