import type { Locator, Page } from '@playwright/test';

/** The Data page: one key at a time, and what was written from here. */
export class DataPage {
  constructor(private readonly page: Page) {}

  async askAt(id: string): Promise<void> {
    await this.page.getByRole('combobox', { name: 'Ask' }).selectOption(id);
  }

  async write(key: string, value: string): Promise<void> {
    await this.page.getByRole('button', { name: 'New key', exact: true }).click();
    const editor = this.page.getByTestId('editor');
    await editor.getByRole('textbox', { name: 'Key', exact: true }).fill(key);
    await editor.getByRole('textbox', { name: 'Value' }).fill(value);
    await editor.getByRole('button', { name: 'Save' }).click();
  }

  /** The index of the entry that wrote the key that is open, once it is read. */
  async writtenBy(key: string): Promise<string> {
    const pane = this.page.getByTestId('key');
    await pane.getByRole('heading', { name: key }).waitFor();
    return pane.getByText('Written by entry').locator('xpath=following-sibling::dd').innerText();
  }

  get editor(): Locator {
    return this.page.getByTestId('editor');
  }
}
