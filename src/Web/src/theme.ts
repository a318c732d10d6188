import { createTheme, localStorageColorSchemeManager, type AlertProps, type MantineColorsTuple } from '@mantine/core';

/** The one accent. */
const iris: MantineColorsTuple = [
  '#f0f0ff', '#dfdffb', '#bcbcf3', '#9999ec', '#7d7de6', '#6a6ae2', '#5757d1', '#4a4ab9', '#4040a3', '#36368c',
];

/** For deeds that are not easily taken back. */
const danger: MantineColorsTuple = [
  '#fff0f0', '#fbdddd', '#f3b8ba', '#ec9295', '#e67176', '#de5459', '#c8343a', '#b3262c', '#9c2026', '#861a20',
];

/** Greys of the dark theme, text first, page last, with a breath of blue. */
const dark: MantineColorsTuple = [
  '#d6d8de', '#b4b8c1', '#949aa6', '#656b78', '#383d47', '#2a2e36', '#1d2026', '#101216', '#0b0d10', '#07080a',
];

export const colorSchemeManager = localStorageColorSchemeManager({ key: 'agents.theme' });

export const theme = createTheme({
  primaryColor: 'iris',
  primaryShade: { light: 6, dark: 6 },
  colors: { iris, dark, danger },
  defaultRadius: 'md',
  cursorType: 'pointer',
  fontFamily: "'Inter', system-ui, -apple-system, 'Segoe UI', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans SC', 'Noto Sans CJK SC', sans-serif",
  fontFamilyMonospace: "ui-monospace, SFMono-Regular, Menlo, Consolas, 'Liberation Mono', monospace",
  headings: { fontWeight: '620', sizes: { h1: { fontSize: '1.5rem', lineHeight: '1.3' } } },
  // Plain, and not by `Modal.extend`: what is named here would be loaded with the first page.
  components: {
    // Mantine's own yellow can't be read on its own ground in the light theme.
    Alert: {
      vars: (_theme: unknown, { color }: AlertProps) => ({
        root: color === 'yellow' ? { '--alert-color': 'var(--text-warning)', '--alert-bg': 'color-mix(in srgb, var(--status-degraded) 14%, var(--panel))' } : {},
      }),
    },
    Paper: { defaultProps: { withBorder: true, radius: 'lg' }, styles: { root: { background: 'var(--panel)', borderColor: 'var(--line)' } } },
    Modal: { styles: { content: { background: 'var(--panel)' }, header: { background: 'var(--panel)' }, title: { fontWeight: 600 } } },
    SegmentedControl: { defaultProps: { size: 'xs', withItemsBorders: false } },
    Tooltip: { defaultProps: { withArrow: true } },
  },
});
