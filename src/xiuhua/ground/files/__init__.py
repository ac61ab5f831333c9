"""What people send (照片、语音、文件): looked at, made anew, kept sealed on the disk, handed to those who may see it.

A form takes them in (`forms.PhotosField`, `VoiceField`, `DocumentField`); an action keeps what the form has made of
them, within its own transaction::

    for photo in photos:
        keeping.keep(photo, subject=suggestion, title=_("现场照片"))

and says, where its model's ``visible_to`` is not enough, who else may see them::

    sight.opened_by("suggestions.suggestion", lambda request, file: …)
"""
