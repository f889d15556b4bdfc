import { expect, test } from "vitest";
import { deviceIn } from "./device-words.ts";

test.each([
  ["Chrome pada Windows", "Chrome pada Windows", "Chrome on Windows"],
  ["Safari on iPhone", "Safari pada iPhone", "Safari on iPhone"],
  [
    "Pelayar pada peranti yang tidak dikenali",
    "pelayar pada peranti yang tidak dikenali",
    "a browser on an unknown device",
  ],
  ["A browser on Linux", "pelayar pada Linux", "a browser on Linux"],
  ["Kunci", "Kunci", "Kunci"],
])("%s is %s in Malay, %s in English", (label, ms, en) => {
  expect(deviceIn("ms", label)).toBe(ms);
  expect(deviceIn("en", label)).toBe(en);
});
