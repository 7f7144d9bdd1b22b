/** Reads a variable that the start command gives its processes. */
export const handedOver = (name: string): string => {
  const value = process.env[name];
  if (value === undefined || value === "") throw new Error(`${name} is not set: "npm start" starts this process`);
  return value;
};
