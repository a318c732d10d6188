const browsers: readonly [RegExp, string][] = [
  [/\bEdg(?:e|A|iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:Chrome|CriOS|HeadlessChrome)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];

const systems: readonly [RegExp, string][] = [
  [/\bAndroid\b/, 'Android'],
  [/\b(?:iPhone|iPad|iPod)\b/, 'iOS'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
];

/** A browser and its system, of what it calls itself; of any other program its own words. Empty where it said nothing. */
export function clientOf(said: string): string {
  const name = (of: readonly [RegExp, string][]) => of.find(([sign]) => sign.test(said))?.[1];
  const browser = said.startsWith('Mozilla/') ? name(browsers) : undefined;
  return browser === undefined ? said : [browser, name(systems)].filter((word) => word !== undefined).join(' · ');
}
