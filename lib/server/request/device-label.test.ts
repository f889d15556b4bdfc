import { expect, test } from "vitest";
import { deviceLabel } from "./device-label.ts";

const chrome = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0";
test.each([
  [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${chrome} Safari/537.36`, "Chrome pada Windows"],
  [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${chrome} Safari/537.36 Edg/142.0.0.0`, "Microsoft Edge pada Windows"],
  ["Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0", "Firefox pada Windows"],
  [
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15",
    "Safari pada macOS",
  ],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/142.0 Mobile/15E148 Safari/604.1",
    "Chrome pada iPhone",
  ],
  [`Mozilla/5.0 (Linux; Android 10; K) ${chrome} Mobile Safari/537.36`, "Chrome pada Android"],
  [
    "Mozilla/5.0 (Linux; Android 14; SAMSUNG SM-A156E) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36",
    "Samsung Internet pada Android",
  ],
  [`Mozilla/5.0 (X11; CrOS x86_64 16093.0.0) ${chrome} Safari/537.36`, "Chrome pada ChromeOS"],
  ["curl/8.9", "Pelayar pada peranti yang tidak dikenali"],
  ["<script>alert(1)</script>\r\nBcc: a@b", "Pelayar pada peranti yang tidak dikenali"],
  [null, "Pelayar pada peranti yang tidak dikenali"],
])("%s is %s", (userAgent, label) => {
  expect(deviceLabel(userAgent, "ms")).toBe(label);
});

test("the label is in the person's language", () => {
  expect(deviceLabel(`Mozilla/5.0 (X11; Linux x86_64) ${chrome} Safari/537.36`, "en")).toBe("Chrome on Linux");
  expect(deviceLabel(null, "en")).toBe("A browser on an unknown device");
});
