"""The admin: one file per noun, the queue, the workbench, the editors' board. Its pages call verbs."""
