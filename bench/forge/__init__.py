"""The forge: known stories, written as people and archives saved them, damaged, read, and scored. See README.md."""
