import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer } from "node:tls";

// Of the tests alone: for localhost, signed by itself, until October 2126.
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBlTCCATugAwIBAgIUPdu8q+ph4HdqICg4DTIZsWqUZZowCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMTEwNDA0M1oYDzIxMjYxMDI4
MTA0MDQzWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAQY00JAe9lkEWEAfrF7nZpSoqsZbVIsOAG36QZG1uPe/e+VTrN243sl
xP5KmvUGFihdtmSfIYlNGbqW10m8BE8no2kwZzAdBgNVHQ4EFgQU1EK3TavR2nPL
UUJG30pfvhl5KtwwHwYDVR0jBBgwFoAU1EK3TavR2nPLUUJG30pfvhl5KtwwDwYD
VR0TAQH/BAUwAwEB/zAUBgNVHREEDTALgglsb2NhbGhvc3QwCgYIKoZIzj0EAwID
SAAwRQIgZhFVi63HzHMo+e64GtOmaSAxxjHNUonz0a356lcBz8QCIQCvWQPRbabV
Te5dUHXAsw1hB072JAgVwLufpD+eim/WVA==
-----END CERTIFICATE-----`;
const KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgKN7k0lNtaD5Ok2tw
7MHkXfhUC3FKOSU4Qkn3XF0dtEOhRANCAAQY00JAe9lkEWEAfrF7nZpSoqsZbVIs
OAG36QZG1uPe/e+VTrN243slxP5KmvUGFihdtmSfIYlNGbqW10m8BE8n
-----END PRIVATE KEY-----`;

/** Shows a certificate for `localhost` to whoever asks, on a free port, and says nothing. */
export async function tlsServer() {
  const server = createServer(
    { cert: CERTIFICATE, key: KEY },
    (socket) => void socket.on("error", () => undefined),
  ).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    port,
    /** When its certificate ends. */
    endsAt: new Date("2126-10-28T10:40:43Z"),
    stop: () => new Promise((done) => server.close(done)),
  };
}
