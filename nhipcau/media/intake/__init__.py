"""What a file is by its content, and taking out of it what is private. Pure Python, no Django.

Every format has one module with `clean(source, target, limits)`: it writes to `target` what may
be kept and answers what the file is and what was taken out, or raises `Refused`. Two ways lead
there. Pictures and papers are written anew from the parts that are known to be harmless. Sound
and video are copied, and what is private in them is overwritten with nothing of the same length,
so that every offset inside holds. The bytes of picture and sound themselves are never touched.
"""
