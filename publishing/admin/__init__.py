"""The admin: one file per noun, the queue, the document page, the editors' board. Its pages call verbs."""
