import { request } from "node:http";
import { expect, onTestFinished, test } from "vitest";
import { frame } from "./example-page.ts";
import { html } from "./safe-html.ts";
import { serveExamples } from "./serve-examples.ts";

const portal = { origin: "http://localhost:1", port: 1 };

async function examples(port = 0) {
  const served = await serveExamples(portal, () => ({}), port);
  onTestFinished(served.close);
  return served;
}

/** Status of a request with headers that fetch would not send. */
const statusOf = (origin: string, headers: Record<string, string>, method = "GET"): Promise<number | undefined> =>
  new Promise((done, failed) => {
    request(`${origin}/cuti`, { method, headers }, (res) => done(res.resume().statusCode))
      .on("error", failed)
      .end();
  });

test("three systems are listed and offer the button, in the language that was chosen", async () => {
  const { origin } = await examples();
  const list = await (await fetch(origin)).text();
  for (const name of ["Cuti dan Kehadiran", "Perakaunan", "Aset dan Stor"]) expect(list).toContain(name);
  expect(await (await fetch(`${origin}/aset`)).text()).toContain("Log Masuk Bersepadu");
  const english = await fetch(`${origin}/aset?language=en`);
  expect(await english.text()).toContain("Integrated Sign-in");
  expect(english.headers.getSetCookie()).toEqual([expect.stringMatching(/^contoh-bahasa=en;/)]);
  expect((await fetch(`${origin}/lain`)).status).toBe(404);
  for (const file of ["tokens.css", "example.css", "button.css", "mark-on-blue.svg"])
    expect((await fetch(`${origin}/${file}`)).status, file).toBe(200);
});

test("where somebody else has the port they take another one", async () => {
  const first = await examples();
  const second = await examples(Number(new URL(first.origin).port));
  expect(second.origin).not.toBe(first.origin);
  expect((await fetch(`${second.origin}/cuti`)).status).toBe(200);
});

test("they answer by their own address alone, and take nothing from pages of others", async () => {
  const { origin } = await examples();
  expect(await statusOf(origin, { host: "cuti.lain.example.gov.my" })).toBe(421);
  expect(await statusOf(origin, { origin: "http://lain.example" }, "POST")).toBe(403);
});

test("what the portal tells is text on the page, never markup", () => {
  const wanted = { language: "ms", words: {}, portal: "", path: "/" } as unknown as Parameters<typeof frame>[0];
  const page = frame(wanted, "cuti", "Ali <b>\"'&", html`<p>${"<script>"}</p>`);
  expect(page).toContain("<title>Ali &#60;b&#62;&#34;&#39;&#38;");
  expect(page).toContain("<p>&#60;script&#62;</p>");
});
