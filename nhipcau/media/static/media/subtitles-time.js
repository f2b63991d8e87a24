// Milliseconds as people write them: 1:02.500, 1:00:02.500.

export const shown = (milliseconds) => {
  const seconds = Math.floor(milliseconds / 1000);
  const parts = String(milliseconds % 1000).padStart(3, "0");
  const two = (number) => String(number).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  return `${hours ? `${hours}:${two(minutes)}` : minutes}:${two(seconds % 60)}.${parts}`;
};

// null for what is no time. A comma counts as a point.
export const read = (words) => {
  const found = /^\s*(?:(\d{1,3}):)?(?:(\d{1,2}):)?(\d{1,2})(?:[.,](\d{1,3}))?\s*$/.exec(words);
  if (!found) return null;
  const [, first, second, seconds, parts = "0"] = found;
  const [hours, minutes] = second === undefined ? [0, Number(first ?? 0)] : [Number(first), Number(second)];
  if (Number(seconds) > 59 || (second !== undefined && minutes > 59)) return null;
  return ((hours * 60 + minutes) * 60 + Number(seconds)) * 1000 + Number(parts.padEnd(3, "0"));
};
