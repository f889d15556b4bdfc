import { describe, expect, test } from "vitest";
import { awayAnswer, exchangeBounce, forwarded, postfixBounce, quotedOn, wordyBounce } from "#lib/testing/bounces.ts";
import { readBounces } from "./read-bounce.ts";
import { readEntity } from "./read-entity.ts";

const mark = "0a".repeat(32);
const letter = {
  to: "aisyah@contoh.example.gov.my",
  headers: {
    "Message-ID": `<${mark}@contoh.example.gov.my>`,
    "X-Kunci-Letter": mark,
    From: "Kunci <kunci@contoh.example.gov.my>",
    To: "aisyah@contoh.example.gov.my",
  },
};
const failed = { action: "failed", told: { status: "5.1.1", reply: 550 } };

describe("a bounce is read", () => {
  test.each([
    ["with the letter's headers (Postfix)", postfixBounce(letter)],
    ["with the whole letter, the report in base64 (Exchange)", exchangeBounce(letter)],
    ["in words (Exim, qmail)", wordyBounce(letter)],
    ["sent on as an attachment", forwarded(postfixBounce(letter))],
    ["in words, sent on as an attachment", forwarded(wordyBounce(letter))],
    ["sent on twice", forwarded(forwarded(exchangeBounce(letter)))],
    ["sent on within somebody's words", quotedOn(postfixBounce(letter))],
    ["with plain line feeds", postfixBounce(letter).replaceAll("\r\n", "\n")],
    ["from a mailbox file, with its first line", `\r\n${postfixBounce(letter)}`],
    ["cut off after the letter's first headers", postfixBounce(letter).split("From: Kunci")[0] ?? ""],
  ])("%s", (_, mail) => {
    expect(readBounces(mail)).toMatchObject([{ marks: [mark], report: failed }]);
  });

  test("by its Message-ID alone, also in other case", () => {
    const only = { ...letter, headers: { "Message-Id": `<${mark.toUpperCase()}@contoh.example.gov.my>` } };
    expect(readBounces(postfixBounce(only))).toMatchObject([{ marks: [mark] }]);
    expect(readBounces(wordyBounce(only))).toMatchObject([{ marks: [mark] }]);
  });

  test("by what the report itself answers to, where nothing is returned", () => {
    const bare = postfixBounce({ ...letter, headers: {} });
    const mail = `In-Reply-To: <${mark}@contoh.example.gov.my>\r\n${bare}`;
    expect(readBounces(mail)).toMatchObject([{ marks: [mark], report: failed }]);
  });

  test("with both recipients, bare and in lower case", () => {
    const mail = postfixBounce(letter, { final: "<A.Other@Rumah.Example>", original: letter.to });
    expect(readBounces(mail)).toMatchObject([
      { report: { finalRecipient: "a.other@rumah.example", originalRecipient: letter.to } },
    ]);
  });

  test("by the server's own status, where the report's is empty", () => {
    const mail = postfixBounce(letter, { status: "5.0.0", diagnostic: "552-5.2.2 The mailbox is over quota" });
    expect(readBounces(mail)).toMatchObject([{ report: { told: { status: "5.2.2", reply: 552 } } }]);
  });
});

test.each([
  ["delayed", "delayed"],
  ["delivered (to mailbox)", "delivered"],
])("a report that it is %s says so", (action, read) => {
  expect(readBounces(postfixBounce(letter, { action }))).toMatchObject([{ report: { action: read } }]);
});

describe("nothing is read from", () => {
  test.each([
    ["an answer of somebody who is away", awayAnswer(letter)],
    ["a report that it went on to where nobody reports from", postfixBounce(letter, { action: "relayed" })],
    ["a bounce in words without our letter", wordyBounce({ ...letter, headers: { "Message-ID": "<1@x.example>" } })],
    [
      "our own letter",
      `${Object.entries(letter.headers)
        .map((pair) => pair.join(": "))
        .join("\r\n")}\r\n\r\n550 5.1.1`,
    ],
    ["an answer that quotes it", `From: a@b.example\r\n\r\n> X-Kunci-Letter: ${mark}\r\n> Salam`],
    ["an empty mail", ""],
    ["no mail at all", "\u0000\u00ff".repeat(1_000)],
  ])("%s", (_, mail) => {
    expect(readBounces(mail)).toEqual([]);
  });
});

test("a report without a mark has none, and says so by having none", () => {
  expect(readBounces(postfixBounce({ ...letter, headers: {} }))).toMatchObject([{ marks: [] }]);
});

describe("a hostile mail is read in no time", () => {
  const nested = (depth: number): string =>
    depth === 0
      ? "x"
      : `Content-Type: multipart/mixed; boundary="b${depth}"\r\n\r\n--b${depth}\r\n${nested(depth - 1)}\r\n--b${depth}--`;
  test.each([
    ["parts within parts without end", nested(400)],
    ["a part a line", `Content-Type: multipart/mixed; boundary=b\r\n\r\n${"--b\r\n".repeat(100_000)}`],
    ["a header without end", `Subject: ${"a\r\n ".repeat(200_000)}`],
    ["many headers of one name", "Received: a\r\n".repeat(60_000)],
    ["many reports", forwarded(postfixBounce(letter).repeat(300))],
    ["a text of figures", `\r\n${"550 5.".repeat(150_000)}`],
    ["a text of quotes", `\r\n${"> ".repeat(400_000)}`],
  ])("with %s", (_, mail) => {
    expect(readBounces(mail)).toBeInstanceOf(Array);
  });
});

// A megabyte of each took half an hour of everybody's time once, which is beyond what a test is given: any regular
// expression that looks ahead from every place.
test.each([
  [
    "an address without its @",
    postfixBounce(letter).replace(/^Final-Recipient: .*$/m, `Final-Recipient: ${"a".repeat(1_000_000)}`),
  ],
  [
    "spaces in a text that is quoted-printable",
    `Content-Transfer-Encoding: quoted-printable\r\n\r\n${" ".repeat(1_000_000)}x`,
  ],
  ["quoted lines", `A: b\r\n\r\n${"> ".repeat(500_000)}x`],
  ["folded headers", `A: ${"\r\n ".repeat(330_000)}\r\n\r\nx`],
  ["groups of a report", postfixBounce(letter).replace("Status:", `${"\r\n \r\n".repeat(200_000)}Status:`)],
])("a mail of a megabyte of %s is read in its time", (_, mail) => {
  expect(readBounces(mail)).toBeInstanceOf(Array);
});

test("text that is quoted-printable keeps the space before a line that goes on", () => {
  const source = `Content-Type: text/plain\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nX-Kunci-Letter: =\r\n${mark}\r\n`;
  expect(readEntity(source).text).toBe(`X-Kunci-Letter: ${mark}\r\n`);
});
