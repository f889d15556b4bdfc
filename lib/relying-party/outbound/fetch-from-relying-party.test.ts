import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { seconds } from "#lib/kernel/time.ts";
import { asFetch } from "./as-fetch.ts";
import { ANSWER_LIMIT_BYTES, fetchFromRelyingParty } from "./fetch-from-relying-party.ts";
import type { Reach } from "./may-be-called.ts";

const production: Reach = { networks: [], loopback: false };
const demonstration: Reach = { networks: [], loopback: true };
/** A name that leads to these addresses. */
const leadsTo = (...addresses: string[]) => ({
  resolve: async () => addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
});

/** A system on this machine: where it is, and the paths it was asked for. */
async function listening(answer: RequestListener) {
  const asked: string[] = [];
  const server = createServer((req, res) => {
    asked.push(req.url ?? "");
    answer(req, res);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

describe("an address is called only where relying parties may be", () => {
  test.each([
    "https://127.0.0.1/jwks",
    "https://localhost/jwks",
    "https://2130706433/jwks",
    "https://0x7f.1/jwks",
    "https://0177.0.0.1/jwks",
    "https://0/jwks",
    "https://10.1.2.3/",
    "https://172.31.0.1/",
    "https://192.168.1.1/",
    "https://100.100.100.200/",
    "https://169.254.169.254/latest/meta-data",
    "https://168.63.129.16/",
    "https://224.0.0.1/",
    "https://255.255.255.255/",
    "https://[::1]/",
    "https://[::]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:a9fe:a9fe]/",
    "https://[::127.0.0.1]/",
    "https://[64:ff9b::a00:1]/",
    "https://[2002:7f00:1::]/",
    "https://[2001:db8::1]/",
    "https://[fd00:ec2::254]/",
    "https://[fe80::1]/",
    "https://[ff02::1]/",
  ])("not %s", async (address) => {
    expect(await fetchFromRelyingParty(production, address)).toEqual({ ok: false, error: "private_address" });
  });

  test.each(["127.0.0.1", "::1", "10.0.0.8", "::ffff:10.0.0.8", "169.254.169.254"])(
    "nor a name that leads to %s, whatever else it leads to, not even in a demonstration",
    async (address) => {
      for (const reach of [production, demonstration])
        expect(
          await fetchFromRelyingParty(reach, "https://cuti.contoh.example.gov.my/", {}, leadsTo("8.8.8.8", address)),
        ).toEqual({ ok: false, error: "private_address" });
    },
  );

  test.each([
    "http://cuti.contoh.example.gov.my/",
    "http://127.0.0.1/",
    "ftp://cuti.contoh.example.gov.my/",
    "file:///etc/hostname",
    "https://somebody:secret@cuti.contoh.example.gov.my/",
    "//cuti.contoh.example.gov.my/",
    "",
  ])("and never without TLS, or with a password in it: %s", async (address) => {
    expect(await fetchFromRelyingParty(production, address)).toEqual({ ok: false, error: "not_allowed" });
  });

  test("but a network that the operator has opened may be, and no other", async () => {
    const opened: Reach = { networks: ["127.0.0.0/8", "10.20.0.0/16"], loopback: false };
    const { address, asked } = await listening((_, res) => res.end());
    // It speaks no TLS, so it is reached and not understood.
    expect(await fetchFromRelyingParty(opened, address.replace("http:", "https:"))).toEqual({
      ok: false,
      error: "unreachable",
    });
    expect(asked).toEqual([]);
    expect(await fetchFromRelyingParty(opened, "https://10.21.0.1/")).toEqual({ ok: false, error: "private_address" });
  });

  test("the name is asked for once, and what it said is what is connected to", async () => {
    const { address } = await listening((_, res) => res.end("yes"));
    let times = 0;
    const resolve = async () => [{ address: times++ === 0 ? "127.0.0.1" : "10.0.0.1", family: 4 }];
    const answer = await fetchFromRelyingParty(
      demonstration,
      address.replace("127.0.0.1", "localhost"),
      {},
      { resolve },
    );
    expect(answer.ok && answer.value.body.toString()).toBe("yes");
    expect(times).toBe(1);
    // Where it said another address, the one that the machine itself would find is not tried.
    const elsewhere = { resolve: async () => [{ address: "::1", family: 6 }] };
    const named = address.replace("127.0.0.1", "localhost");
    expect(await fetchFromRelyingParty(demonstration, named, {}, elsewhere)).toEqual({
      ok: false,
      error: "unreachable",
    });
  });

  test("a redirect is not followed", async () => {
    const { address, asked } = await listening((_, res) => res.writeHead(302, { location: "/inside" }).end());
    expect(await fetchFromRelyingParty(demonstration, `${address}/outside`)).toMatchObject({
      ok: true,
      value: { status: 302, headers: { location: "/inside" } },
    });
    expect(asked).toEqual(["/outside"]);
  });
});

describe("nobody is waited for or listened to for long:", () => {
  const within = { within: seconds(0.05) };

  test("not who does not answer", async () => {
    const { address } = await listening(() => undefined);
    expect(await fetchFromRelyingParty(demonstration, address, {}, within)).toEqual({ ok: false, error: "too_slow" });
  });

  test("nor who never ends", async () => {
    const { address } = await listening((_, res) => res.write("{"));
    expect(await fetchFromRelyingParty(demonstration, address, {}, within)).toEqual({ ok: false, error: "too_slow" });
  });

  test("nor a name that is never found", async () => {
    const resolve = () => new Promise<never>(() => undefined);
    expect(await fetchFromRelyingParty(production, "https://a.example.gov.my", {}, { ...within, resolve })).toEqual({
      ok: false,
      error: "too_slow",
    });
  });

  test("nor who says more than a set of keys can hold", async () => {
    const { address } = await listening((_, res) => res.end(Buffer.alloc(ANSWER_LIMIT_BYTES + 1)));
    expect(await fetchFromRelyingParty(demonstration, address)).toEqual({ ok: false, error: "too_large" });
  });

  test("and who is not there is a refusal, no fault", async () => {
    expect(await fetchFromRelyingParty(demonstration, "http://127.0.0.1:1/")).toEqual({
      ok: false,
      error: "unreachable",
    });
    expect(await fetchFromRelyingParty(production, "https://a.example.gov.my", {}, leadsTo())).toEqual({
      ok: false,
      error: "unreachable",
    });
  });
});

test("a form is posted as it is, and what is answered comes back", async () => {
  const { address } = await listening(async (req, res) => {
    let body = "";
    for await (const piece of req) body += piece;
    res.writeHead(400, { "content-type": "text/plain" }).end(`${req.method} ${req.headers["content-type"]} ${body}`);
  });
  const call = {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: "a=é",
  } as const;
  const answer = await fetchFromRelyingParty(demonstration, address, call);
  expect(answer).toMatchObject({ ok: true, value: { status: 400, headers: { "content-type": "text/plain" } } });
  expect(answer.ok && answer.value.body.toString()).toBe("POST application/x-www-form-urlencoded a=é");
});

test("a library that wants a fetch gets answers as that, and refusals thrown", async () => {
  const { address } = await listening((_, res) => res.end('{"keys":[]}'));
  const fetched = await asFetch(() => demonstration)(address, { headers: { accept: "application/json" } });
  expect(await fetched.json()).toEqual({ keys: [] });
  await expect(asFetch(() => production)(address)).rejects.toThrow("not_allowed");
  await expect(asFetch(() => demonstration)(address, { method: "PUT" })).rejects.toThrow("PUT");
});
