/** Nothing of our own environment goes to the server: it needs none of it, and secrets stand there. */
export const serverEnvironment = (): NodeJS.ProcessEnv => ({
  PATH: process.env["PATH"],
  LC_ALL: "C",
  NODE_ENV: "production",
});
