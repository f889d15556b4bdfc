import nodemailer from "nodemailer";
import { expect, test } from "vitest";
import { keepLetters } from "./keep-letters.ts";

test("a letter is kept as it was written, whatever the wire made of it; one that comes while the server is away is refused", async () => {
  const sink = await keepLetters();
  const transport = nodemailer.createTransport(sink.url);
  const letter = {
    from: "kunci@contoh.example.gov.my",
    subject: "Aktifkan akaun anda: sila baca “ini” sebelum 30 minit · 钥匙",
    text: `Tekan https://localhost:4400/activate/${"a".repeat(43)}\nkod: 1234 5678 = “betul”\n.\n`,
    html: `<p>Tekan <a href="https://localhost:4400/activate/x?y=1">di sini</a> é</p>`,
  };
  await transport.sendMail({ ...letter, to: "satu@contoh.example.gov.my" });
  await transport.sendMail({ ...letter, subject: "kedua", to: "dua@contoh.example.gov.my" });
  expect(sink.letters().map(({ to, subject }) => [to, subject])).toEqual([
    ["dua@contoh.example.gov.my", "kedua"],
    ["satu@contoh.example.gov.my", letter.subject],
  ]);
  const [, first] = sink.letters();
  expect(first?.text.trim()).toBe(letter.text.trim());
  expect(first?.html.trim()).toBe(letter.html);
  expect(await (await fetch(`${sink.mailbox}/mailbox.json`)).json()).toEqual(sink.letters());
  const toOne = await fetch(`${sink.mailbox}/mailbox.json?to=satu@contoh.example.gov.my`);
  expect(await toOne.json()).toEqual([first]);

  await sink.stop();
  await expect(transport.sendMail({ ...letter, to: "tiga@contoh.example.gov.my" })).rejects.toThrow("ECONNREFUSED");
  await sink.start();
  await transport.sendMail({ ...letter, to: "tiga@contoh.example.gov.my" });
  expect(sink.letters()).toHaveLength(3);
  await sink.close();
});
