/** Our environment is not passed to the server: it needs none of it, and it holds secrets. */
export const serverEnvironment = (): NodeJS.ProcessEnv => ({
  PATH: process.env["PATH"],
  LC_ALL: "C",
  NODE_ENV: "production",
});
