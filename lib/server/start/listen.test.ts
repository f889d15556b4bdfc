import { once } from "node:events";
import type http from "node:http";
import net, { type AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { listen, stopListening } from "./listen.ts";

async function freePort(): Promise<number> {
  const probe = net.createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}

test("a port that is taken is told in both languages, with another to choose", async () => {
  const port = await freePort();
  const servers = await listen((_, res) => void res.end(), ["127.0.0.1", "::1"], port);
  const words = `Port ${port} sudah digunakan; pilih yang lain: PORT=${port + 1} npm start / Port ${port} is already in use; choose another: PORT=${port + 1} npm start`;
  await expect(listen(() => undefined, ["127.0.0.1", "::1"], port)).rejects.toMatchObject({ lines: [words] });
  await stopListening(servers, 100);
});

test("a port taken on one of the addresses alone is taken", async () => {
  const port = await freePort();
  const other = net.createServer().listen(port, "::1");
  await once(other, "listening");
  await expect(listen(() => undefined, ["127.0.0.1", "::1"], port)).rejects.toThrow("sudah digunakan");
  const again = await listen(() => undefined, ["127.0.0.1"], port);
  await stopListening(again, 100);
  other.close();
});

test("stopping takes no more requests and lets the open one finish", async () => {
  const port = await freePort();
  const arrived = Promise.withResolvers<http.ServerResponse>();
  const servers = await listen((_, res) => arrived.resolve(res), ["127.0.0.1"], port);
  const answer = fetch(`http://127.0.0.1:${port}/`).then((res) => res.text());
  const open = await arrived.promise;
  const stopped = stopListening(servers, 5_000);
  await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
  open.end("finished");
  expect(await answer).toBe("finished");
  await stopped;
});

test("a request that never finishes does not hold up the end", async () => {
  const port = await freePort();
  const servers = await listen(() => undefined, ["127.0.0.1"], port);
  const answer = fetch(`http://127.0.0.1:${port}/`).then(
    () => "answered",
    () => "cut off",
  );
  await once(servers[0] as http.Server, "request");
  await stopListening(servers, 50);
  expect(await answer).toBe("cut off");
});

test.each([
  [`GET / HTTP/1.1\r\nHost: x\r\nA: ${"a".repeat(20_000)}\r\n\r\n`, "431"],
  ["what is this\r\n\r\n", "400"],
])("what is no request is answered in plain words", async (bytes, status) => {
  const port = await freePort();
  const servers = await listen((_, res) => void res.end(), ["127.0.0.1"], port);
  const socket = net.connect(port, "127.0.0.1");
  socket.write(bytes);
  const [said] = (await once(socket, "data")) as [Buffer];
  expect(said.toString()).toMatch(new RegExp(`^HTTP/1.1 ${status} [^]*Permintaan itu tidak dapat dibaca`));
  socket.destroy();
  await stopListening(servers, 50);
});

test("a connection on which nobody says anything is closed, one whose answer takes long is not", async () => {
  const port = await freePort();
  const asked = Promise.withResolvers<http.ServerResponse>();
  const servers = await listen((_, res) => asked.resolve(res), ["127.0.0.1"], port, { silence: 1_000 });
  const answer = fetch(`http://127.0.0.1:${port}/`).then((res) => res.text());
  const slow = await asked.promise;
  const silent = net.connect(port, "127.0.0.1");
  await once(silent.resume(), "close");
  // The open request has been silent for longer than that by now.
  slow.end("late");
  expect(await answer).toBe("late");
  await stopListening(servers, 100);
});

test("a body that drips in is cut off, and a file that does is waited for", async () => {
  const port = await freePort();
  const servers = await listen((req, res) => void req.resume().on("end", () => res.end("whole")), ["127.0.0.1"], port, {
    request: 100,
  });
  const dripping = (path: string) => {
    const socket = net.connect(port, "127.0.0.1");
    socket.on("error", () => undefined);
    socket.write(`POST ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 4\r\n\r\nab`);
    return { socket, answer: socket.toArray().then((said) => Buffer.concat(said).toString()) };
  };
  const file = dripping("/api/staff-register");
  expect(await dripping("/register").answer).toBe("");
  // Older than what was cut off.
  file.socket.write("cd");
  expect(await file.answer).toContain("whole");
  await stopListening(servers, 100);
});

test.each(["websocket", "h2c"])("who wishes to go on in %s is answered as anybody else", async (protocol) => {
  const port = await freePort();
  const servers = await listen((req, res) => void res.end(`answered ${req.url}`), ["127.0.0.1"], port);
  const socket = net.connect(port, "127.0.0.1");
  socket.write(
    `GET /x HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, close\r\nUpgrade: ${protocol}\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n`,
  );
  const said = Buffer.concat(await socket.toArray()).toString();
  expect(said).toContain("200 OK");
  expect(said).toContain("answered /x");
  await stopListening(servers, 100);
});

test("whoever takes nothing of their answer is let go", async () => {
  const port = await freePort();
  const closed = Promise.withResolvers<void>();
  const servers = await listen(
    (_, res) => {
      res.once("close", closed.resolve);
      // More than the system takes in on its own.
      res.end(Buffer.alloc(64 * 1024 * 1024));
    },
    ["127.0.0.1"],
    port,
    { answer: 200 },
  );
  const socket = net.connect(port, "127.0.0.1").pause();
  socket.on("error", () => undefined);
  socket.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  await closed.promise;
  socket.destroy();
  await stopListening(servers, 100);
});

test("when there are too many connections, the one longest without a request goes, and none with one", async () => {
  const port = await freePort();
  const asked = Promise.withResolvers<http.ServerResponse>();
  const servers = await listen((_, res) => asked.resolve(res), ["127.0.0.1"], port, { connections: 2 });
  const connection = async () => {
    const socket = net.connect(port, "127.0.0.1");
    socket.on("error", () => undefined);
    await once(socket, "connect");
    return socket;
  };
  const working = await connection();
  working.write("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  const open = await asked.promise;
  const [silent, newcomer] = [await connection(), await connection()];
  await once(silent.resume(), "close");
  open.end("served");
  expect(Buffer.concat(await working.toArray()).toString()).toContain("served");
  expect(newcomer.destroyed).toBe(false);
  newcomer.destroy();
  await stopListening(servers, 100);
});
